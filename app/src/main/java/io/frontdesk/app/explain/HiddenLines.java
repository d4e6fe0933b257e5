package io.frontdesk.app.explain;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines about fields that an inner block hides: what people miss most. Stateless. */
final class HiddenLines {
    private HiddenLines() {}

    /** One step for each. */
    static List<Trace.Step> of(CheckedConfiguration configuration, Trace trace) {
        List<Trace.Step> steps = new ArrayList<>();
        Scope scope = scope(configuration, trace);
        if (scope == null) {
            return steps;
        }
        for (Module module : configuration.modules().all()) {
            for (Directive<?> directive : module.directives()) {
                boolean told = directive.name().equals("add_header")
                        || directive.name().equals("proxy_set_header") && trace.handler().equals("proxy");
                if (told) {
                    hidden(module, directive, scope, steps);
                }
            }
        }
        return steps;
    }

    private static void hidden(Module module, Directive<?> directive, Scope scope, List<Trace.Step> into) {
        List<? extends Setting<?>> inForce = module.inForce(scope, directive);
        for (Setting<?> line : module.hidden(scope, directive)) {
            into.add(new Trace.Step("shadowed", line.at().at(), line.at() + (inForce.isEmpty()
                    ? " is not inherited"
                    : " is shadowed by the " + directive.name() + " lines at " + inForce.getFirst().at().at())));
        }
    }

    /** Where the line of a directive stands that holds for the answer; null when its default holds. */
    static @Nullable Position lineAt(CheckedConfiguration configuration, Trace trace, String name) {
        Scope scope = scope(configuration, trace);
        for (Module module : configuration.modules().all()) {
            for (Directive<?> directive : module.directives()) {
                if (scope != null && directive.name().equals(name)) {
                    List<? extends Setting<?>> lines = module.inForce(scope, directive);
                    return lines.isEmpty() ? null : lines.getFirst().at().at();
                }
            }
        }
        return null;
    }

    private static @Nullable Scope scope(CheckedConfiguration configuration, Trace trace) {
        LocationPlan location = trace.location();
        ServerPlan server = trace.server();
        LocationPlan plan = location != null ? location : server == null ? null : server.root();
        return plan == null ? null : configuration.link().scopeOf(plan);
    }
}
