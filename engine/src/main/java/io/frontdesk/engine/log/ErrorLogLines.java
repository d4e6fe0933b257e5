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
    private static final int MAX_LINE = 2048;

    /**
     * One target.
     *
     * @param file   a file or standard error, or null
     * @param syslog a syslog server, or null
     * @param level  the least bad that it takes
     */
    record Target(@Nullable LogTarget file, @Nullable SyslogTarget syslog, Severity level) {}

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
        if (severity.compareTo(least) > 0) {
            return;
        }
        StringBuilder text = new StringBuilder(message.length() + 64);
        text.append('[').append(severity.label()).append("] ").append(PID).append('#')
                .append(Thread.currentThread().threadId()).append(": ");
        if (connection > 0) {
            text.append('*').append(connection).append(' ');
        }
        escape(message, text);
        text.setLength(Math.min(text.length(), MAX_LINE));
        String time = TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
        byte[] line = (time + " " + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
        for (Target target : targets) {
            if (severity.compareTo(target.level) <= 0) {
                if (target.file != null) {
                    LogWriter.process().writeTo(target.file, line, 0, line.length);
                } else if (target.syslog != null) {
                    SyslogTarget syslog = target.syslog;
                    byte[] body = (time + " " + text).getBytes(StandardCharsets.ISO_8859_1);
                    LogWriter.process().writeTo(new OneMessage(syslog, severity.ordinal()), body, 0, body.length);
                }
            }
        }
    }

    /** A message to a syslog server with its own severity. */
    private record OneMessage(SyslogTarget syslog, int severity) implements LogTarget {
        @Override
        public void write(byte[] lines, int offset, int length) throws IOException {
            syslog.send(severity, lines, offset, length);
        }
    }

    private static void escape(String message, StringBuilder out) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
    }
}
