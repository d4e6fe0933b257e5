package io.frontdesk.engine.log;

import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import org.jspecify.annotations.Nullable;

/**
 * What a line of the error log is about, besides its message. A value.
 *
 * @param cause      what went wrong, or null when that has no name
 * @param detail     more about that, or null
 * @param client     the client's address, or null when it is about none
 * @param server     the name of the server block, or null likewise
 * @param request    the request's line, or null before one was read
 * @param subrequest the path of the subrequest, or null when it is none
 * @param upstream   the URL that a server was asked for, or null
 * @param host       the Host field, or null
 * @param referrer   the Referer field, or null
 */
public record LogContext(@Nullable FaultKind cause, @Nullable FaultDetail detail, @Nullable String client,
        @Nullable String server,
        @Nullable String request, @Nullable String subrequest, @Nullable String upstream, @Nullable String host,
        @Nullable String referrer) {
    /** Of a line between requests. */
    public static LogContext of(@Nullable FaultKind cause, String client, String server) {
        return new LogContext(cause, null, client, server, null, null, null, null, null);
    }

    /** Of a line about no client. */
    public static LogContext of(FaultKind cause) {
        return new LogContext(cause, null, null, null, null, null, null, null, null);
    }

    /** Appends it as nginx does behind a message. */
    public void appendTo(StringBuilder line) {
        if (client != null) {
            line.append(", client: ").append(client).append(", server: ").append(server);
        }
        quoted(", request: \"", request, line);
        quoted(", subrequest: \"", subrequest, line);
        quoted(", upstream: \"", upstream, line);
        quoted(", host: \"", host, line);
        quoted(", referrer: \"", referrer, line);
    }

    private static void quoted(String name, @Nullable String value, StringBuilder line) {
        if (value == null) {
            return;
        }
        line.append(name);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // no value ends the quotes around it: what follows would be taken for ours
            switch (c) {
                case '"' -> line.append("\\x22");
                case '\\' -> line.append("\\x5c");
                default -> line.append(c);
            }
        }
        line.append('"');
    }
}
