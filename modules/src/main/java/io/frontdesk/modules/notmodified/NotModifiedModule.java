package io.frontdesk.modules.notmodified;

import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;

/** Conditional requests. It has no directive of its own; {@code if_modified_since} is the core's. */
public final class NotModifiedModule extends HttpModule {
    /** The module; one object per process. */
    public NotModifiedModule() {
        super("not_modified");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        plan.filter(FilterStage.NOT_MODIFIED, NotModifiedFilter.INSTANCE);
    }
}
