package io.frontdesk.modules.healthcheck;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.probe.ProbeRequest;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A {@code health_check} line. A value.
 *
 * @param intervalMillis  between two checks of a server
 * @param jitterMillis    how much more it is at most, at random
 * @param fails           failures in a row that make a server unhealthy
 * @param passes          successes in a row that make it healthy
 * @param request         what is asked for
 * @param port            where, or 0 for the server's own port
 * @param mandatory       whether a server must be checked before it gets requests
 * @param persistent      whether that does not hold for one that was healthy before a reload
 * @param keepAliveMillis how old a connection of checks gets; 0: each has its own
 * @param match           the name of the conditions, empty for the usual ones: a status from 200 to 399
 * @param grpc            in place of these, what a gRPC server must answer; null for HTTP
 */
record CheckLine(long intervalMillis, long jitterMillis, int fails, int passes, ProbeRequest request, int port,
        boolean mandatory, boolean persistent, long keepAliveMillis, String match, Condition.@Nullable Serving grpc) {
    private static final int MOST_STATUS = 16;

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
        private ProbeRequest request = ProbeRequest.get("/");
        private int port;
        private boolean mandatory;
        private boolean persistent;
        private long keepAliveMillis;
        private String match = "";
        private boolean isHttp;
        private boolean isGrpc;
        private String grpcService = "";
        private int grpcStatus;

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
            if (isGrpc) {
                if (isHttp) {
                    throw call.error("\"type=grpc\" is not compatible with \"uri\" and \"match\" parameters");
                }
                request = HealthService.request(grpcService);
            }
            return new CheckLine(intervalMillis, jitterMillis, fails, passes, request, port, mandatory, persistent,
                    keepAliveMillis, match, isGrpc ? new Condition.Serving(grpcStatus) : null);
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
                    request = get(word, value);
                    isHttp = true;
                }
                case "match=" -> {
                    match = value;
                    isHttp = true;
                }
                case "mandatory" -> mandatory = true;
                case "persistent" -> persistent = true;
                case "type=" -> type(word, value);
                case "grpc_service=" -> {
                    needsGrpc(text);
                    grpcService = value;
                }
                case "grpc_status=" -> {
                    needsGrpc(text);
                    grpcStatus = number(word, value, MOST_STATUS);
                }
                default -> throw call.invalidParameter(word);
            }
        }

        private void type(Word word, String value) throws ConfigException {
            switch (value) {
                case "http" -> isGrpc = false;
                case "grpc" -> isGrpc = true;
                default -> throw call.invalidParameter(word);
            }
        }

        private void needsGrpc(String text) throws ConfigException {
            if (!isGrpc) {
                throw call.error("\"%s\" requires \"type=grpc\" parameter", text);
            }
        }

        private ProbeRequest get(Word word, String target) throws ConfigException {
            try {
                return ProbeRequest.get(target);
            } catch (IllegalArgumentException e) {
                throw call.invalidParameter(word);
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
