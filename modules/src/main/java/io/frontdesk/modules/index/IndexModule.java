package io.frontdesk.modules.index;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Call;
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

/** {@code index}: the files that stand for a directory. */
public final class IndexModule extends HttpModule {
    private final Directive<List<Word>> index = directive("index",
            of("file ...", 1, Integer.MAX_VALUE, IndexModule::parse)).in(HTTP, SERVER, LOCATION).list()
            .doc("The files that stand for a directory, in the order in which they are looked for. The last one may "
                    + "begin with a slash: the request then goes on there, whether it exists or not. "
                    + "`index.html` where there is none.");

    /** The module; one object per process. */
    public IndexModule() {
        super("index");
    }

    private static List<Word> parse(Call call) throws ConfigException {
        Word last = call.args().getLast();
        for (Word word : call.args()) {
            if (word.text().startsWith("/") && word != last) {
                call.warn("only the last index in \"index\" directive should be absolute");
            }
            if (word.text().isEmpty()) {
                throw call.error("index \"%s\" in \"index\" directive is invalid", word.text());
            }
        }
        return call.args();
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        List<Template> files = new ArrayList<>();
        List<Setting<List<Word>>> lines = scope.all(index);
        for (Setting<List<Word>> line : lines) {
            for (Word word : line.value()) {
                files.add(link.template(word));
            }
        }
        if (files.isEmpty()) {
            files.add(Template.constant("index.html"));
        }
        plan.on(Phase.CONTENT, new IndexHandler(files.toArray(new Template[0]),
                lines.isEmpty() ? null : lines.getFirst().at().at()));
    }
}
