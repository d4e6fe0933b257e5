package io.frontdesk.engine.log;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A line of an error log with {@code format=json}: one object. Texts are byte strings, and bytes from 0x80 on are escaped, so that a line is
 * ASCII whatever a client sends.
 */
final class JsonLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private final StringBuilder out = new StringBuilder(512);

    private JsonLine() {}

    static String of(Severity severity, long pid, long connection, String message, @Nullable LogContext context) {
        JsonLine line = new JsonLine();
        line.out.append("{\"time\":\"").append(TIME.format(OffsetDateTime.now(ZoneId.systemDefault())));
        line.out.append("\",\"level\":\"").append(severity.label()).append("\",\"pid\":").append(pid);
        line.out.append(",\"tid\":").append(Thread.currentThread().threadId());
        if (connection > 0) {
            line.out.append(",\"connection\":").append(connection);
        }
        line.text("message", message);
        if (context != null) {
            FaultKind cause = context.cause();
            line.text("cause", cause == null ? null : cause.cause());
            FaultDetail detail = context.detail();
            line.text("detail", detail == null ? null : detail.describe());
            line.text("client", context.client());
            line.text("server", context.server());
            line.text("request", context.request());
            line.text("subrequest", context.subrequest());
            line.text("upstream", context.upstream());
            line.text("host", context.host());
            line.text("referrer", context.referrer());
        }
        return line.out.append('}').toString();
    }

    private void text(String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        out.append(",\"").append(name).append("\":\"");
        // nginx cuts its lines too
        int length = Math.min(value.length(), ErrorLogLines.MAX_LINE);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c >= 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
