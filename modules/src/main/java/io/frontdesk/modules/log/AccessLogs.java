package io.frontdesk.modules.log;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Sizes;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.log.LogFiles;
import io.frontdesk.engine.log.LogTarget;
import io.frontdesk.engine.log.LogTargets;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.variable.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the access logs of one configuration, each line of it once, and keeps their files open. Control plane. */
final class AccessLogs implements AutoCloseable {
    private static final int USUAL_BUFFER = 65_536;

    private final Map<Lines, List<Handler>> made = new HashMap<>();
    private final Map<LogFileCache.Settings, LogFileCache> caches = new IdentityHashMap<>();
    private final List<AccessLog> logs = new ArrayList<>();
    private final List<LogFiles.LogFile> files = new ArrayList<>();

    /** What the handlers of a place depend on. */
    private record Lines(List<Setting<List<Word>>> logs, LogFileCache.Settings cache) {}

    private static final class Parameters {
        @Nullable
        String format;
        int buffer;
        long flushMillis;
        int gzip = -1;
        @Nullable
        Template condition;
    }

    /** The handlers of the lines that are in force somewhere. */
    List<Handler> handlers(List<Setting<List<Word>>> lines, LogFileCache.Settings cache, Link link)
            throws ConfigException {
        Lines key = new Lines(lines, cache);
        List<Handler> known = made.get(key);
        if (known != null) {
            return known;
        }
        List<Handler> handlers = new ArrayList<>();
        if (lines.isEmpty()) {
            AccessLog usual = new AccessLog(format("combined", null, link), null, file("logs/access.log", null, link),
                    0, 0);
            logs.add(usual);
            handlers.add(LogModule.handler(usual::log));
        }
        for (Setting<List<Word>> line : lines) {
            if (line.value().getFirst().is("off")) {
                if (line.value().size() == 1) {
                    handlers.clear();
                    break;
                }
                throw line.error("invalid parameter \"%s\"", line.value().get(1).text());
            }
            handlers.add(handler(line, cache, link));
        }
        made.put(key, handlers);
        return handlers;
    }

    private Handler handler(Setting<List<Word>> line, LogFileCache.Settings cache, Link link)
            throws ConfigException {
        String path = line.value().getFirst().text();
        Parameters p = parameters(line, link);
        LogFormat format = format(p.format == null ? "combined" : p.format, line, link);
        if (path.startsWith("syslog:")) {
            LogTarget syslog = link.isOffline() ? LogTarget.NONE : LogTargets.syslog(path.substring(7), line);
            AccessLog log = new AccessLog(format, p.condition, syslog, 0, 0);
            logs.add(log);
            return LogModule.handler(log::log);
        }
        Template template = link.template(line.value().getFirst());
        if (!template.isConstant()) {
            if (p.buffer > 0) {
                throw line.error("buffered logs cannot have variables in name");
            }
            VariablePathLog log = new VariablePathLog(format, p.condition, template, link.paths(),
                    cache.max() == 0 ? null : caches.computeIfAbsent(cache, LogFileCache::new));
            return LogModule.handler(log::log);
        }
        LogTarget target = path.equals("/dev/stderr") ? LogTargets.stderr() : file(path, line, link);
        if (p.gzip >= 0) {
            target = new GzipTarget(target, p.gzip);
        }
        AccessLog log = new AccessLog(format, p.condition, target, p.buffer, p.flushMillis * 1_000_000L);
        logs.add(log);
        return LogModule.handler(log::log);
    }

    private static Parameters parameters(Setting<List<Word>> line, Link link) throws ConfigException {
        Parameters p = new Parameters();
        for (Word word : line.value().subList(1, line.value().size())) {
            String text = word.text();
            if (text.startsWith("buffer=")) {
                p.buffer = (int) Math.min(Sizes.size(text.substring(7)).orElse(0), Integer.MAX_VALUE);
                if (p.buffer <= 0) {
                    throw line.error("invalid buffer size \"%s\"", text.substring(7));
                }
            } else if (text.startsWith("flush=")) {
                p.flushMillis = Times.millis(text.substring(6)).orElse(0);
                if (p.flushMillis <= 0) {
                    throw line.error("invalid flush time \"%s\"", text.substring(6));
                }
            } else if (text.equals("gzip") || text.startsWith("gzip=")) {
                p.gzip = text.equals("gzip") ? 1 : level(text.substring(5), line);
                p.buffer = p.buffer == 0 ? USUAL_BUFFER : p.buffer;
            } else if (text.startsWith("if=")) {
                p.condition = link.template(text.substring(3), line.at().at());
            } else if (p.format == null) {
                p.format = text;
            } else {
                throw line.error("invalid parameter \"%s\"", text);
            }
        }
        if (p.flushMillis > 0 && p.buffer == 0) {
            throw line.error("no buffer is defined for access_log \"%s\"", line.value().getFirst().text());
        }
        return p;
    }

    private static int level(String text, Setting<?> line) throws ConfigException {
        if (text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9') {
            return text.charAt(0) - '0';
        }
        throw line.error("invalid compression level \"%s\"", text);
    }

    private static LogFormat format(String name, @Nullable Setting<?> line, Link link) throws ConfigException {
        LogFormat format = link.shared(LogModule.Formats.class, LogModule.Formats::new).byName.get(name);
        if (format == null) {
            throw ConfigException.at(line == null ? null : line.at().at(), "unknown log format \"%s\"", name);
        }
        return format;
    }

    private LogTarget file(String name, @Nullable Setting<?> line, Link link) throws ConfigException {
        if (link.isOffline()) {
            return LogTarget.NONE;
        }
        try {
            LogFiles.LogFile file = LogFiles.process().open(link.paths().underPrefix(name));
            files.add(file);
            return file;
        } catch (IOException e) {
            throw ConfigException.at(line == null ? null : line.at().at(), "%s", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        logs.forEach(AccessLog::close);
        files.forEach(LogFiles.process()::close);
        caches.values().forEach(LogFileCache::close);
        logs.clear();
        files.clear();
    }
}
