package io.frontdesk.modules.autoindex;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;

/** {@code autoindex}: lists a directory. */
public final class AutoindexModule extends HttpModule {
    private final Directive<Boolean> autoindex = directive("autoindex", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false).doc("Whether a directory without an index file is listed.");
    private final Directive<Format> autoindexFormat = directive("autoindex_format", choice(Format.class))
            .in(HTTP, SERVER, LOCATION).orElse(Format.HTML)
            .doc("The form of the list; with `jsonp` the argument `callback` names the function.");
    private final Directive<Boolean> autoindexLocaltime = directive("autoindex_localtime", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false)
            .doc("Whether times in the list are local ones. For the form `html` only.");
    private final Directive<Boolean> autoindexExactSize = directive("autoindex_exact_size", flag())
            .in(HTTP, SERVER, LOCATION).orElse(true)
            .doc("Whether sizes are in bytes, not rounded. For the form `html` only.");

    /** The module; one object per process. */
    public AutoindexModule() {
        super("autoindex");
    }

    /** {@code autoindex_format}. */
    enum Format {
        /** A page. */
        HTML,
        /** XML. */
        XML,
        /** JSON. */
        JSON,
        /** A call with the JSON. */
        JSONP
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (scope.get(autoindex)) {
            plan.on(Phase.CONTENT, new AutoindexHandler(scope.get(autoindexFormat), scope.get(autoindexLocaltime),
                    scope.get(autoindexExactSize)));
        }
    }
}
