package io.frontdesk.engine.log;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.request.ClientConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error log of several targets, each with its level. Any thread. Written at once, as nginx does: who sees
 * the answer of a request finds its lines there. A page cache takes them; errors are rare.
 */
final class ErrorLogLines implements ErrorLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
    private static final long PID = ProcessHandle.current().pid();
    /** nginx's NGX_MAX_ERROR_STR. */
    static final int MAX_LINE = 2048;

    /**
     * One target.
     *
     * @param file   a file or standard error, or null
     * @param syslog a syslog server, or null
     * @param level  the least bad that it takes
     * @param json   whether its lines are objects, instead of nginx's text
     */
    record Target(@Nullable LogTarget file, @Nullable SyslogTarget syslog, Severity level, boolean json) {}

    private final List<Target> targets;
    private final Severity least;

    ErrorLogLines(List<Target> targets) {
        this.targets = List.copyOf(targets);
        Severity worst = Severity.EMERG;
        for (Target target : targets) {
            worst = target.level.compareTo(worst) > 0 ? target.level : worst;
        }
        this.least = worst;
    }

    @Override
    public boolean isEnabled(Severity severity, @Nullable ClientConnection connection) {
        return severity.compareTo(least) <= 0 && !targets.isEmpty();
    }

    @Override
    public void log(Severity severity, long connection, String message) {
        write(severity, connection, message, null);
    }

    @Override
    public void log(Severity severity, long connection, String message, LogContext context) {
        write(severity, connection, message, context);
    }

    private void write(Severity severity, long connection, String message, @Nullable LogContext context) {
        String text = null;
        String json = null;
        for (Target target : targets) {
            if (severity.compareTo(target.level) > 0) {
                continue;
            }
            if (target.json) {
                json = json == null ? JsonLine.of(severity, PID, connection, message, context) : json;
                write(target, severity, json);
            } else {
                text = text == null ? text(severity, connection, message, context) : text;
                write(target, severity, text);
            }
        }
    }

    private static void write(Target target, Severity severity, String line) {
        SyslogTarget syslog = target.syslog;
        if (target.file != null) {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
            LogWriter.process().writeTo(target.file, bytes, 0, bytes.length);
        } else if (syslog != null) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            LogWriter.process().writeTo(new OneMessage(syslog, severity.ordinal()), bytes, 0, bytes.length);
        }
    }

    private static String text(Severity severity, long connection, String message, @Nullable LogContext context) {
        StringBuilder text = new StringBuilder(message.length() + 256);
        text.append('[').append(severity.label()).append("] ").append(PID).append('#')
                .append(Thread.currentThread().threadId()).append(": ");
        if (connection > 0) {
            text.append('*').append(connection).append(' ');
        }
        StringBuilder said = new StringBuilder(message.length() + 192).append(message);
        if (context != null) {
            context.appendTo(said);
        }
        escape(said, text);
        text.setLength(Math.min(text.length(), MAX_LINE));
        return TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + " " + text;
    }

    /** A message to a syslog server with its own severity. */
    private record OneMessage(SyslogTarget syslog, int severity) implements LogTarget {
        @Override
        public void write(byte[] lines, int offset, int length) throws IOException {
            syslog.send(severity, lines, offset, length);
        }
    }

    private static void escape(CharSequence message, StringBuilder out) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c < 0x20 || c >= 0x7f) {
                out.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
    }
}
