package io.frontdesk.codec.http;

import io.frontdesk.codec.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Status codes: reason phrases in nginx's words, and whole status lines ready to send. Stateless after start. */
public final class Status {
    private static final int FIRST = 100;
    private static final String[] REASONS = reasons();
    private static final byte[] @Nullable [] LINES = lines();

    private Status() {}

    /** The reason phrase as nginx words it, empty where it has none. */
    public static String reason(int status) {
        int i = status - FIRST;
        return i >= 0 && i < REASONS.length ? REASONS[i] : "";
    }

    /** Writes {@code HTTP/1.1 CODE REASON CR LF}. */
    public static void writeLine(int status, Bytes out) {
        int i = status - FIRST;
        byte[] line = i >= 0 && i < LINES.length ? LINES[i] : null;
        if (line != null) {
            out.write(line);
            return;
        }
        out.write("HTTP/1.1 ");
        out.writeDecimal(status, 3);
        out.write(" \r\n");
    }

    /** Whether a response with this status never has content (RFC 9112 §6.3 rule 1). */
    public static boolean isBodyless(int status) {
        return status == 204 || status == 304 || (status >= 100 && status < 200);
    }

    private static byte[] @Nullable [] lines() {
        byte[] @Nullable [] lines = new byte[REASONS.length][];
        for (int i = 0; i < lines.length; i++) {
            if (!REASONS[i].isEmpty()) {
                lines[i] = Bytes.of("HTTP/1.1 " + (FIRST + i) + " " + REASONS[i] + "\r\n").toArray();
            }
        }
        return lines;
    }

    private static String[] reasons() {
        String[] reasons = new String[500];
        Arrays.fill(reasons, "");
        String table = """
                100 Continue
                101 Switching Protocols
                103 Early Hints
                200 OK
                201 Created
                202 Accepted
                204 No Content
                206 Partial Content
                301 Moved Permanently
                302 Moved Temporarily
                303 See Other
                304 Not Modified
                307 Temporary Redirect
                308 Permanent Redirect
                400 Bad Request
                401 Unauthorized
                402 Payment Required
                403 Forbidden
                404 Not Found
                405 Not Allowed
                406 Not Acceptable
                407 Proxy Authentication Required
                408 Request Time-out
                409 Conflict
                410 Gone
                411 Length Required
                412 Precondition Failed
                413 Request Entity Too Large
                414 Request-URI Too Large
                415 Unsupported Media Type
                416 Requested Range Not Satisfiable
                421 Misdirected Request
                429 Too Many Requests
                500 Internal Server Error
                501 Not Implemented
                502 Bad Gateway
                503 Service Temporarily Unavailable
                504 Gateway Time-out
                505 HTTP Version Not Supported
                507 Insufficient Storage
                """;
        for (String line : table.lines().toList()) {
            reasons[Integer.parseInt(line.substring(0, 3)) - FIRST] = line.substring(4);
        }
        return reasons;
    }
}
