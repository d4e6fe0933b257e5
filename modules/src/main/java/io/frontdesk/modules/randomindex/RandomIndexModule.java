package io.frontdesk.modules.randomindex;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Shapes.flag;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;

/** {@code random_index}: any file stands for its directory. */
public final class RandomIndexModule extends HttpModule {
    private final Directive<Boolean> randomIndex = directive("random_index", flag()).in(LOCATION).orElse(false)
            .doc("Whether a request for a directory is answered with any of its files, before `index` is looked at.");

    /** The module; one object per process. */
    public RandomIndexModule() {
        super("random_index");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (scope.get(randomIndex)) {
            plan.on(Phase.CONTENT, RandomIndexHandler.INSTANCE);
        }
    }
}
