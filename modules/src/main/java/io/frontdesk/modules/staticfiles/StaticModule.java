package io.frontdesk.modules.staticfiles;

import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;

/** Files: what answers where nothing else does. It has no directive of its own; {@code root} and its kin are the core's. */
public final class StaticModule extends HttpModule {
    /** The module; one object per process. */
    public StaticModule() {
        super("static");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        plan.on(Phase.CONTENT, StaticHandler.INSTANCE);
    }
}
