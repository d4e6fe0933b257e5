package io.frontdesk.modules.healthcheck;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.probe.Probe;
import java.util.OptionalLong;

/**
 * A {@code health_check} line. A value.
 *
 * @param intervalMillis  between two checks of a server
 * @param jitterMillis    how much more it is at most, at random
 * @param fails           failures in a row that make a server unhealthy
 * @param passes          successes in a row that make it healthy
 * @param uri             what is asked for
 * @param port            where, or 0 for the server's own port
 * @param mandatory       whether a server must be checked before it gets requests
 * @param persistent      whether that does not hold for one that was healthy before a reload
 * @param keepAliveMillis how old a connection of checks gets; 0: each has its own
 * @param match           the name of the conditions, empty for a status from 200 to 399
 */
record CheckLine(long intervalMillis, long jitterMillis, int fails, int passes, String uri, int port, boolean mandatory,
        boolean persistent, long keepAliveMillis, String match) {

    static CheckLine parse(Call call) throws ConfigException {
        return new Reading(call).read();
    }

    /** The line being read. */
    private static final class Reading {
        private final Call call;
        private long intervalMillis = 5000;
        private long jitterMillis;
        private int fails = 1;
        private int passes = 1;
        private String uri = "/";
        private int port;
        private boolean mandatory;
        private boolean persistent;
        private long keepAliveMillis;
        private String match = "";

        Reading(Call call) {
            this.call = call;
        }

        CheckLine read() throws ConfigException {
            for (Word word : call.args()) {
                take(word);
            }
            if (persistent && !mandatory) {
                throw call.error("\"persistent\" parameter requires \"mandatory\" parameter");
            }
            return new CheckLine(intervalMillis, jitterMillis, fails, passes, uri, port, mandatory, persistent,
                    keepAliveMillis, match);
        }

        private void take(Word word) throws ConfigException {
            String text = word.text();
            int equals = text.indexOf('=');
            String value = text.substring(equals + 1);
            switch (equals < 0 ? text : text.substring(0, equals + 1)) {
                case "interval=" -> {
                    intervalMillis = millis(word, value);
                    if (intervalMillis == 0) {
                        throw call.invalidParameter(word);
                    }
                }
                case "jitter=" -> jitterMillis = millis(word, value);
                case "fails=" -> fails = number(word, value, Integer.MAX_VALUE);
                case "passes=" -> passes = number(word, value, Integer.MAX_VALUE);
                case "port=" -> port = number(word, value, 65_535);
                case "keepalive_time=" -> keepAliveMillis = millis(word, value);
                case "uri=" -> {
                    if (!Probe.isTarget(value)) {
                        throw call.invalidParameter(word);
                    }
                    uri = value;
                }
                case "match=" -> match = value;
                case "mandatory" -> mandatory = true;
                case "persistent" -> persistent = true;
                case "type=" -> type(word, value);
                case "grpc_service=", "grpc_status=" ->
                    throw call.error("\"%s\" requires \"type=grpc\" parameter", text);
                default -> throw call.invalidParameter(word);
            }
        }

        private void type(Word word, String value) throws ConfigException {
            switch (value) {
                case "http" -> {
                }
                case "grpc" -> throw call.error("health checks of \"type=grpc\" are not supported");
                default -> throw call.invalidParameter(word);
            }
        }

        private long millis(Word word, String text) throws ConfigException {
            return Times.millis(text).orElseThrow(() -> call.invalidParameter(word));
        }

        private int number(Word word, String text, int max) throws ConfigException {
            OptionalLong number = Numbers.parse(text);
            if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > max) {
                throw call.invalidParameter(word);
            }
            return (int) number.getAsLong();
        }
    }
}
