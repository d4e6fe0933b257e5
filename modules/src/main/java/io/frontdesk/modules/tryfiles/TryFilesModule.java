package io.frontdesk.modules.tryfiles;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.variable.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code try_files}: the first file that is there, or a last resort. */
public final class TryFilesModule extends HttpModule {
    private final Directive<List<Word>> tryFiles = directive("try_files",
            words("file ... uri | =code", 2, Integer.MAX_VALUE)).in(SERVER, LOCATION).local()
            .doc("Looks for the files in order (with a slash at the end: for folders) and goes on with the first that "
                    + "is there; otherwise the request goes on at the last URI or named location, or ends with the "
                    + "code.");

    /** The module; one object per process. */
    public TryFilesModule() {
        super("try_files");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        @Nullable
        Setting<List<Word>> line = scope.find(tryFiles);
        if (line == null) {
            return;
        }
        List<TryFilesHandler.Candidate> candidates = new ArrayList<>();
        List<Word> files = line.value().subList(0, line.value().size() - 1);
        for (Word word : files) {
            boolean folder = word.text().endsWith("/");
            String name = folder ? word.text().substring(0, word.text().length() - 1) : word.text();
            candidates.add(new TryFilesHandler.Candidate(link.template(name, word.at()), folder));
        }
        Word last = line.value().getLast();
        int code = code(line, last.text());
        Template otherwise = link.template(last);
        plan.on(Phase.PRECONTENT,
                new TryFilesHandler(candidates.toArray(new TryFilesHandler.Candidate[0]), otherwise, code,
                        line.at().at()));
    }

    private static int code(Setting<?> line, String text) throws ConfigException {
        if (!text.startsWith("=")) {
            return 0;
        }
        int code = 0;
        for (int i = 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            code = digit < 0 || digit > 9 || code > 999 ? 1000 : code * 10 + digit;
        }
        if (text.length() == 1 || code > 999) {
            throw line.error("invalid code \"%s\"", text);
        }
        return code;
    }
}
