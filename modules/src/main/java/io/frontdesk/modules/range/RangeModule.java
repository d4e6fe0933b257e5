package io.frontdesk.modules.range;

import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;

/** Range requests. It has no directive of its own; {@code max_ranges} is the core's. */
public final class RangeModule extends HttpModule {
    /** The module; one object per process. */
    public RangeModule() {
        super("range");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        plan.filter(FilterStage.RANGE, RangeFilter.INSTANCE);
    }
}
