package io.frontdesk.modules.log;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.log.LogFiles;
import io.frontdesk.engine.log.LogTarget;
import io.frontdesk.engine.log.LogWriter;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An {@code access_log} whose path has variables: the log thread opens the file for each line, as nginx
 * does, unless {@code open_log_file_cache} keeps it. Shared by all loops. */
final class VariablePathLog {
    private final LogFormat format;
    private final @Nullable Template condition;
    private final Template path;
    private final Paths paths;

    private final @Nullable LogFileCache cache;

    VariablePathLog(LogFormat format, @Nullable Template condition, Template path, Paths paths,
            @Nullable LogFileCache cache) {
        this.cache = cache;
        this.format = format;
        this.condition = condition;
        this.path = path;
        this.paths = paths;
    }

    void log(Exchange ex) {
        if (condition != null && !AccessLog.holds(ex, condition)) {
            return;
        }
        String file = paths.underPrefix(path.value(ex));
        if (file.indexOf('\0') >= 0) {
            return;
        }
        Bytes line = ex.worker().takeScratch();
        try {
            format.append(ex, line);
            LogWriter.process().takeLine(cache == null ? new OpenedForLine(file) : new KeptOpen(file, cache),
                    line.toArray());
        } finally {
            ex.worker().giveBackScratch(line);
        }
    }

    private record OpenedForLine(String path) implements LogTarget {
        @Override
        public void write(byte[] lines, int offset, int length) throws IOException {
            LogFiles.LogFile file = LogFiles.process().open(path);
            try {
                file.write(lines, offset, length);
            } finally {
                LogFiles.process().close(file);
            }
        }
    }

    private record KeptOpen(String path, LogFileCache cache) implements LogTarget {
        @Override
        public void write(byte[] lines, int offset, int length) throws IOException {
            cache.write(path, lines, offset, length);
        }
    }
}
