package io.frontdesk.e2e.faults;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Shapes.flag;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;

/** A feature that has a bug. */
final class BrokenModule extends HttpModule {
    private final Directive<Boolean> broken = directive("broken", flag()).in(LOCATION).orElse(false)
            .doc("Whether it throws.");

    BrokenModule() {
        super("broken");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (scope.get(broken)) {
            plan.content(exchange -> {
                throw new IllegalStateException("injected");
            });
        }
    }
}
