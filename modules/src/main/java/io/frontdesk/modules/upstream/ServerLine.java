package io.frontdesk.modules.upstream;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.upstream.ServerParameter;
import io.frontdesk.engine.upstream.ServerParameters;
import io.frontdesk.engine.upstream.UpstreamUrl;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A {@code server} line of an upstream block. A value.
 *
 * @param url        where it is
 * @param parameters what else the line says
 * @param resolves   whether its name is looked up while requests run
 * @param service    the service whose records are looked up, empty for none
 * @param words      the parameters as written
 */
record ServerLine(UpstreamUrl url, ServerParameters parameters, boolean resolves, String service, List<Word> words) {
    /** nginx: NGX_HTTP_UPSTREAM_SID_LEN. */
    private static final int MAX_ROUTE = 32;

    static ServerLine parse(Call call) throws ConfigException {
        return new Reading(call).read();
    }

    /** The parameter that a word sets, if it is one that not every method knows. */
    static @Nullable ServerParameter kind(Word word) {
        String text = word.text();
        int equals = text.indexOf('=');
        return switch (equals < 0 ? text : text.substring(0, equals + 1)) {
            case "weight=" -> ServerParameter.WEIGHT;
            case "max_conns=" -> ServerParameter.MAX_CONNS;
            case "max_fails=" -> ServerParameter.MAX_FAILS;
            case "fail_timeout=" -> ServerParameter.FAIL_TIMEOUT;
            case "slow_start=" -> ServerParameter.SLOW_START;
            case "backup" -> ServerParameter.BACKUP;
            case "down", "drain" -> ServerParameter.DOWN;
            default -> null;
        };
    }

    /** The line being read. */
    private static final class Reading {
        private final Call call;
        private int weight = ServerParameters.DEFAULT.weight();
        private int maxConnections;
        private int maxFails = ServerParameters.DEFAULT.maxFails();
        private long failTimeoutMillis = ServerParameters.DEFAULT.failTimeoutMillis();
        private long slowStartMillis;
        private boolean backup;
        private boolean down;
        private boolean drain;
        private boolean resolves;
        private String route = "";
        private String service = "";

        Reading(Call call) {
            this.call = call;
        }

        ServerLine read() throws ConfigException {
            List<Word> words = call.args().subList(1, call.args().size());
            for (Word word : words) {
                take(word);
            }
            String text = call.text(0);
            if (!service.isEmpty() && !resolves) {
                throw call.error("service upstream \"%s\" requires \"resolve\" parameter", text);
            }
            UpstreamUrl url = url();
            if (!service.isEmpty() && !url.portText().isEmpty()) {
                throw call.error("service upstream \"%s\" may not have port", text);
            }
            return new ServerLine(url, new ServerParameters(weight, maxConnections, maxFails, failTimeoutMillis,
                    slowStartMillis, backup, down, drain, route), resolves, service, words);
        }

        private void take(Word word) throws ConfigException {
            String text = word.text();
            int equals = text.indexOf('=');
            String value = text.substring(equals + 1);
            switch (equals < 0 ? text : text.substring(0, equals + 1)) {
                case "weight=" -> {
                    weight = number(word, value);
                    if (weight == 0) {
                        throw call.invalidParameter(word);
                    }
                }
                case "max_conns=" -> maxConnections = number(word, value);
                case "max_fails=" -> maxFails = number(word, value);
                case "fail_timeout=" ->
                    failTimeoutMillis = 1000 * Times.seconds(value).orElseThrow(() -> call.invalidParameter(word));
                case "slow_start=" ->
                    slowStartMillis = Times.millis(value).orElseThrow(() -> call.invalidParameter(word));
                case "backup" -> backup = true;
                case "down" -> {
                    down = true;
                    drain = false;
                }
                case "drain" -> {
                    drain = true;
                    down = false;
                }
                case "route=" -> route = route(value);
                case "resolve" -> resolves = true;
                case "service=" -> {
                    if (value.isEmpty()) {
                        throw call.error("service is empty");
                    }
                    service = value;
                }
                default -> throw call.invalidParameter(word);
            }
        }

        private String route(String value) throws ConfigException {
            if (value.isEmpty()) {
                throw call.error("route is empty");
            }
            if (value.length() > MAX_ROUTE) {
                throw call.error("route is longer than %d", MAX_ROUTE);
            }
            return value;
        }

        private int number(Word word, String text) throws ConfigException {
            OptionalLong number = Numbers.parse(text);
            return (int) Math.min(number.orElseThrow(() -> call.invalidParameter(word)), Integer.MAX_VALUE);
        }

        private UpstreamUrl url() throws ConfigException {
            try {
                return UpstreamUrl.parse(call.text(0), false);
            } catch (UpstreamUrl.Malformed e) {
                throw call.error("%s in upstream \"%s\"", String.valueOf(e.getMessage()), call.text(0));
            }
        }
    }
}
