package io.frontdesk.engine.log;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.FileNames;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Sizes;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the error logs of one configuration, and keeps their files open until it is closed. Control plane; the logs that it gives are for
 * any thread.
 */
public final class ErrorLogs implements AutoCloseable {
    private static final String FORMAT = "format=";

    private final Paths paths;
    private final boolean opens;
    private final List<LogFiles.LogFile> files = new ArrayList<>();
    private final Map<List<Setting<List<Word>>>, ErrorLog> made = new HashMap<>();

    /** For one configuration. */
    public ErrorLogs(Paths paths) {
        this(paths, true);
    }

    private ErrorLogs(Paths paths, boolean opens) {
        this.paths = paths;
        this.opens = opens;
    }

    /** For a configuration that is only looked at: the logs have their levels, and no file. */
    public static ErrorLogs unopened(Paths paths) {
        return new ErrorLogs(paths, false);
    }

    /** The log that these {@code error_log} lines make; without any, the usual one from error on. */
    public ErrorLog of(List<Setting<List<Word>>> lines) throws ConfigException {
        ErrorLog known = made.get(lines);
        if (known == null) {
            known = make(lines);
            made.put(lines, known);
        }
        return known;
    }

    private ErrorLog make(List<Setting<List<Word>>> lines) throws ConfigException {
        List<ErrorLogLines.Target> targets = new ArrayList<>();
        if (lines.isEmpty()) {
            targets.add(new ErrorLogLines.Target(usual(), null, Severity.ERROR, false));
        }
        for (Setting<List<Word>> line : lines) {
            List<Word> words = line.value();
            String name = words.getFirst().text();
            Severity level = level(line);
            boolean json = isJson(line);
            if (name.equals("stderr")) {
                targets.add(new ErrorLogLines.Target(StderrTarget.INSTANCE, null, level, json));
            } else if (name.startsWith("syslog:")) {
                SyslogSettings settings = SyslogSettings.parse(name.substring(7), line);
                targets.add(opens
                        ? new ErrorLogLines.Target(null, SyslogTarget.of(settings, line), level, json)
                        : new ErrorLogLines.Target(LogTarget.NONE, null, level, json));
            } else if (name.startsWith("memory:")) {
                if (Sizes.size(name.substring(7)).isEmpty()) {
                    throw line.error("invalid log level \"%s\"", name.substring(7));
                }
            } else {
                targets.add(new ErrorLogLines.Target(file(name), null, level, json));
            }
        }
        return new ErrorLogLines(targets);
    }

    /** What {@code -e} says, or {@code logs/error.log}, whose folder is made where it is missing. */
    private LogTarget usual() throws ConfigException {
        String name = paths.errorLog();
        if (!opens) {
            return LogTarget.NONE;
        }
        if (name.equals("stderr")) {
            return StderrTarget.INSTANCE;
        }
        if (name.equals(paths.underPrefix("logs/error.log"))) {
            try {
                Files.createDirectories(FileNames.toPath(paths.underPrefix("logs")));
            } catch (IOException e) {
                // opening the file says it better
            }
        }
        return file(name);
    }

    /** nginx opens files when the whole text was read, and so names no place. */
    private LogTarget file(String name) throws ConfigException {
        if (!opens) {
            return LogTarget.NONE;
        }
        try {
            LogFiles.LogFile file = LogFiles.process().open(paths.underPrefix(name));
            files.add(file);
            return file;
        } catch (IOException e) {
            throw ConfigException.at(null, "%s", String.valueOf(e.getMessage()));
        }
    }

    /** Ours: what a line looks like. */
    private static boolean isJson(Setting<List<Word>> line) throws ConfigException {
        boolean json = false;
        for (Word word : line.value().subList(1, line.value().size())) {
            if (word.text().startsWith(FORMAT)) {
                json = switch (word.text().substring(FORMAT.length())) {
                    case "json" -> true;
                    case "text" -> false;
                    default -> throw line.error("invalid format \"%s\"", word.text());
                };
            }
        }
        return json;
    }

    private static Severity level(Setting<List<Word>> line) throws ConfigException {
        Severity level = null;
        for (Word word : line.value().subList(1, line.value().size())) {
            String text = word.text();
            if (text.startsWith(FORMAT)) {
                continue;
            }
            if (text.startsWith("debug")) {
                level = Severity.INFO;
                continue;
            }
            if (level != null) {
                throw line.error("duplicate log level \"%s\"", text);
            }
            try {
                level = Severity.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw line.error("invalid log level \"%s\"", text);
            }
        }
        return level == null ? Severity.ERROR : level;
    }

    @Override
    public void close() {
        LogWriter.process().flush();
        files.forEach(LogFiles.process()::close);
        files.clear();
    }
}
