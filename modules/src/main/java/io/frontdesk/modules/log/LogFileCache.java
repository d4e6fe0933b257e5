package io.frontdesk.modules.log;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.log.LogFiles;
import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code open_log_file_cache}: log files whose paths have variables, kept open from line to line. One for each line of the configuration
 * that says so. What was not written to for {@code inactive} is closed when the next line comes.
 */
@ControlPlane("the log thread, or who writes its lines for it: one at a time")
final class LogFileCache implements AutoCloseable {
    private final Settings settings;
    /** The one that was written to longest ago comes first. */
    private final Map<String, Kept> files = new LinkedHashMap<>(16, 0.75f, true);

    /** What the line says; null in its place is {@code off}. */
    record Settings(int max, long inactiveMillis, int minUses, long validMillis) {
        static final Settings OFF = new Settings(0, 0, 0, 0);
        private static final long USUAL_INACTIVE_MILLIS = 10_000;
        private static final long USUAL_VALID_MILLIS = 60_000;

        static Settings parse(Call call) throws ConfigException {
            if (call.args().size() == 1 && call.text(0).equals("off")) {
                return OFF;
            }
            long max = 0;
            long inactive = USUAL_INACTIVE_MILLIS;
            long uses = 1;
            long valid = USUAL_VALID_MILLIS;
            for (Word word : call.args()) {
                String text = word.text();
                int equals = text.indexOf('=') + 1;
                String value = text.substring(equals);
                switch (text.substring(0, equals)) {
                    case "max=" -> max = number(value, text, call);
                    case "inactive=" -> inactive = seconds(value, text, call);
                    case "min_uses=" -> uses = number(value, text, call);
                    case "valid=" -> valid = seconds(value, text, call);
                    default -> throw invalid(text, call);
                }
            }
            if (max == 0) {
                throw call.error("\"open_log_file_cache\" must have \"max\" parameter");
            }
            return new Settings((int) max, inactive, (int) uses, valid);
        }

        private static long number(String value, String text, Call call) throws ConfigException {
            long number = Numbers.parse(value).orElse(-1);
            if (number < 0 || number > Integer.MAX_VALUE) {
                throw invalid(text, call);
            }
            return number;
        }

        private static long seconds(String value, String text, Call call) throws ConfigException {
            return Times.seconds(value).orElseThrow(() -> invalid(text, call)) * 1000;
        }

        private static ConfigException invalid(String text, Call call) {
            return call.error("invalid \"open_log_file_cache\" parameter \"%s\"", text);
        }
    }

    /** A file that lines came for. */
    private static final class Kept {
        private LogFiles.@Nullable LogFile file;
        private int uses;
        private long usedMillis;
        private long openedMillis;
    }

    LogFileCache(Settings settings) {
        this.settings = settings;
    }

    /** Writes a line to a file. */
    synchronized void write(String path, byte[] lines, int offset, int length) throws IOException {
        long now = System.nanoTime() / 1_000_000;
        expire(now);
        Kept kept = files.computeIfAbsent(path, _ -> new Kept());
        kept.uses++;
        kept.usedMillis = now;
        LogFiles.LogFile file = kept.file;
        if (file == null) {
            file = LogFiles.process().open(path);
            kept.file = file;
            kept.openedMillis = now;
        } else if (now - kept.openedMillis >= settings.validMillis) {
            // nginx asks whether it is the same file still; to open it anew finds that out too
            file.reopen();
            kept.openedMillis = now;
        }
        try {
            file.write(lines, offset, length);
        } finally {
            if (kept.uses < settings.minUses) {
                close(kept);
            }
        }
    }

    private void expire(long now) {
        for (Iterator<Kept> eldest = files.values().iterator(); eldest.hasNext();) {
            Kept kept = eldest.next();
            if (files.size() <= settings.max && now - kept.usedMillis < settings.inactiveMillis) {
                return;
            }
            close(kept);
            eldest.remove();
        }
    }

    private static void close(Kept kept) {
        if (kept.file != null) {
            LogFiles.process().close(kept.file);
            kept.file = null;
        }
    }

    /** How many are open. */
    synchronized int size() {
        return (int) files.values().stream().filter(kept -> kept.file != null).count();
    }

    @Override
    public synchronized void close() {
        files.values().forEach(LogFileCache::close);
        files.clear();
    }
}
