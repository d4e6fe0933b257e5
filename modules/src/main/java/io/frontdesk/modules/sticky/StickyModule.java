package io.frontdesk.modules.sticky;

import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Position;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.AffinityMethod;
import io.frontdesk.engine.variable.Template;
import java.util.ArrayList;
import java.util.List;

/** {@code sticky cookie}, {@code sticky route} and {@code sticky learn}. */
public final class StickyModule extends HttpModule {
    final Directive<AffinityMethod> sticky = directive("sticky",
            of("cookie name [parameters] | route $variable ... | learn parameters", 2, Integer.MAX_VALUE,
                    StickyModule::parse))
            .in(UPSTREAM).local()
            .doc("Keeps a client with the server that it had before. `cookie` sets one that names the server; "
                    + "`expires=`, `domain=`, `path=`, `samesite=`, `httponly` and `secure` are its attributes. `route` "
                    + "takes the server's `route=` from the first of the variables that is not empty. `learn` remembers "
                    + "the sessions that servers begin: `create=` and `lookup=` name variables with the session, `zone=` "
                    + "its place and size, `timeout=` (10m) how long one is kept unused; with `header` it learns as the "
                    + "head of a response comes.");

    /** The module; one object per process. */
    public StickyModule() {
        super("upstream_sticky");
    }

    private static AffinityMethod parse(Call call) throws ConfigException {
        return switch (call.text(0)) {
            case "cookie" -> CookieLine.parse(call);
            case "route" -> route(call);
            case "learn" -> LearnLine.parse(call);
            default -> throw call.error("unknown parameter \"%s\"", call.text(0));
        };
    }

    private static AffinityMethod route(Call call) throws ConfigException {
        List<Word> words = call.args().subList(1, call.args().size());
        List<String> names = new ArrayList<>();
        for (Word word : words) {
            if (!word.text().startsWith("$")) {
                throw call.error("invalid variable name \"%s\"", word.text());
            }
            names.add(word.text().substring(1));
        }
        Position at = call.statement().at();
        return (link, upstream) -> new RouteAffinity(variables(names, at, link));
    }

    /** The variables of these names. */
    static List<Template> variables(List<String> names, Position at, Link link) {
        return names.stream().map(name -> link.variable(name, at)).toList();
    }
}
