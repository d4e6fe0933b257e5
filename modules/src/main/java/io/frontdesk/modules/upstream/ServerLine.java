package io.frontdesk.modules.upstream;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.upstream.ServerParameters;
import io.frontdesk.engine.upstream.UpstreamUrl;
import java.util.OptionalLong;

/**
 * A {@code server} line of an upstream block. A value.
 *
 * @param url        where it is
 * @param parameters what else the line says
 */
record ServerLine(UpstreamUrl url, ServerParameters parameters) {

    static ServerLine parse(Call call) throws ConfigException {
        ServerParameters usual = ServerParameters.DEFAULT;
        int weight = usual.weight();
        int maxConnections = usual.maxConnections();
        int maxFails = usual.maxFails();
        long failTimeout = usual.failTimeoutMillis();
        boolean backup = false;
        boolean down = false;
        for (int i = 1; i < call.args().size(); i++) {
            Word word = call.args().get(i);
            String text = word.text();
            if (text.startsWith("weight=")) {
                weight = number(call, word, 7);
                if (weight == 0) {
                    throw call.invalidParameter(word);
                }
            } else if (text.startsWith("max_conns=")) {
                maxConnections = number(call, word, 10);
            } else if (text.startsWith("max_fails=")) {
                maxFails = number(call, word, 10);
            } else if (text.startsWith("fail_timeout=")) {
                failTimeout = 1000 * Times.seconds(text.substring(13)).orElseThrow(() -> call.invalidParameter(word));
            } else if (text.equals("backup")) {
                backup = true;
            } else if (text.equals("down")) {
                down = true;
            } else {
                throw call.invalidParameter(word);
            }
        }
        return new ServerLine(url(call),
                new ServerParameters(weight, maxConnections, maxFails, failTimeout, backup, down));
    }

    private static UpstreamUrl url(Call call) throws ConfigException {
        try {
            return UpstreamUrl.parse(call.text(0), false);
        } catch (UpstreamUrl.Malformed e) {
            throw call.error("%s in upstream \"%s\"", String.valueOf(e.getMessage()), call.text(0));
        }
    }

    private static int number(Call call, Word word, int from) throws ConfigException {
        OptionalLong number = Numbers.parse(word.text().substring(from));
        return (int) Math.min(number.orElseThrow(() -> call.invalidParameter(word)), Integer.MAX_VALUE);
    }
}
