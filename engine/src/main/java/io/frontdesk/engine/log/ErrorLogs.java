package io.frontdesk.engine.log;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.request.ClientConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the error logs of a configuration. First form: replaced by the log writers. */
public final class ErrorLogs {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
    private final Paths paths;

    /** For one configuration. */
    public ErrorLogs(Paths paths) {
        this.paths = paths;
    }

    private record Target(@Nullable Path file, Severity level) {}

    /** The log that these {@code error_log} lines make; without any, the usual one. */
    public ErrorLog of(List<Setting<List<Word>>> lines) throws ConfigException {
        List<Target> targets = new ArrayList<>();
        if (lines.isEmpty()) {
            targets.add(new Target(Path.of(paths.underPrefix("logs/error.log")), Severity.ERROR));
        }
        for (Setting<List<Word>> line : lines) {
            String name = line.value().getFirst().text();
            Severity level = line.value().size() > 1 ? level(line.value().get(1).text()) : Severity.ERROR;
            targets.add(new Target(name.equals("stderr") ? null : Path.of(paths.underPrefix(name)), level));
        }
        return new Lines(targets);
    }

    private static Severity level(String text) {
        return text.equals("debug") ? Severity.INFO : Severity.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private record Lines(List<Target> targets) implements ErrorLog {
        @Override
        public boolean isEnabled(Severity severity, @Nullable ClientConnection connection) {
            for (Target t : targets) {
                if (severity.compareTo(t.level) <= 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void log(Severity severity, long connection, String message) {
            String line = TIME.format(LocalDateTime.now()) + " [" + severity.name().toLowerCase(Locale.ROOT) + "] "
                    + ProcessHandle.current().pid() + "#0: " + (connection == 0 ? "" : "*" + connection + " ") + message
                    + "\n";
            for (Target t : targets) {
                if (severity.compareTo(t.level) <= 0) {
                    write(t, line);
                }
            }
        }

        private static void write(Target target, String line) {
            try {
                if (target.file == null) {
                    System.err.print(line);
                } else {
                    Files.write(target.file, line.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            } catch (IOException e) {
                System.err.print(line);
            }
        }
    }
}
