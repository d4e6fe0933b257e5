package io.frontdesk.modules.log;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LIMIT_EXCEPT;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.codec.text.LogEscape;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Access logs: one request is one line, whatever happens to it. */
public final class LogModule extends HttpModule {
    private final Directive<List<Word>> logFormat = directive("log_format",
            words("name [escape=default|json|none] string ...", 2, 1000)).in(HTTP).repeatable()
            .doc("The form of a log line: texts and variables.");
    private final Directive<List<Word>> accessLog = directive("access_log",
            words("path [format [buffer=size] [gzip[=level]] [flush=time] [if=condition]]", 1, 10))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF, LIMIT_EXCEPT).list()
            .doc("Where requests are logged, in which form; `off` for nowhere. "
                    + "A path may have variables, or be `syslog:server=…`.");
    private final Directive<LogFileCache.Settings> openLogFileCache = directive("open_log_file_cache",
            of("max=N [inactive=time] [min_uses=N] [valid=time] | off", 1, 4, LogFileCache.Settings::parse))
            .in(HTTP, SERVER, LOCATION).orElse(LogFileCache.Settings.OFF)
            .doc("Keeps log files whose path has variables open, instead of opening one for each line.");

    /** The module; one object per process. */
    public LogModule() {
        super("log");
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        Formats formats = link.shared(Formats.class, Formats::new);
        formats.byName.put("combined", new LogFormat("combined",
                link.templates().compile(LogFormat.COMBINED, null), LogEscape.DEFAULT));
        for (Setting<List<Word>> line : http.own(logFormat)) {
            List<Word> words = line.value();
            String name = words.getFirst().text();
            if (formats.byName.containsKey(name)) {
                throw line.error("duplicate \"log_format\" name \"%s\"", name);
            }
            formats.byName.put(name, format(name, words.subList(1, words.size()), line, link));
        }
    }

    private static LogFormat format(String name, List<Word> words, Setting<?> line, Link link) throws ConfigException {
        LogEscape escape = LogEscape.DEFAULT;
        int from = 0;
        String first = words.getFirst().text();
        if (first.startsWith("escape=")) {
            from = 1;
            escape = switch (first.substring(7)) {
                case "default" -> LogEscape.DEFAULT;
                case "json" -> LogEscape.JSON;
                case "none" -> LogEscape.NONE;
                default -> throw line.error("unknown log format escaping \"%s\"", first.substring(7));
            };
        }
        StringBuilder text = new StringBuilder();
        for (Word word : words.subList(from, words.size())) {
            text.append(word.text());
        }
        return new LogFormat(name, link.template(text.toString(), line.at().at()), escape);
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        AccessLogs logs = link.shared(AccessLogs.class, AccessLogs::new);
        List<Handler> handlers = logs.handlers(scope.all(accessLog), scope.get(openLogFileCache), link);
        for (Handler handler : handlers) {
            plan.on(Phase.LOG, handler);
        }
    }

    /** The formats of one configuration. */
    static final class Formats {
        final Map<String, LogFormat> byName = new HashMap<>();
    }

    static Handler handler(java.util.function.Consumer<io.frontdesk.engine.request.Exchange> log) {
        return exchange -> {
            log.accept(exchange);
            return Outcome.NEXT;
        };
    }
}
