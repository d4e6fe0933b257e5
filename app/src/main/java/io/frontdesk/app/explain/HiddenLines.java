package io.frontdesk.app.explain;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Statement;
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

    /**
     * A line that holds for the answer.
     *
     * @param at    where it stands
     * @param isOff whether it says that something is not to be done
     */
    record InForce(Position at, boolean isOff) {}

    /** Where the line of a directive stands that holds for the answer; null when its default holds. */
    static @Nullable Position lineAt(CheckedConfiguration configuration, Trace trace, String name) {
        InForce line = inForce(configuration, trace, name);
        return line == null ? null : line.at();
    }

    /** The same for a block. */
    static @Nullable Position lineAt(CheckedConfiguration configuration, LocationPlan plan, String name) {
        InForce line = inForce(configuration, configuration.link().scopeOf(plan), name);
        return line == null ? null : line.at();
    }

    /** The first line of a directive that holds for the answer; null when its default holds. */
    static @Nullable InForce inForce(CheckedConfiguration configuration, Trace trace, String name) {
        return inForce(configuration, scope(configuration, trace), name);
    }

    private static @Nullable InForce inForce(CheckedConfiguration configuration, @Nullable Scope scope, String name) {
        for (Module module : configuration.modules().all()) {
            for (Directive<?> directive : module.directives()) {
                if (scope != null && directive.name().equals(name)) {
                    List<? extends Setting<?>> lines = module.inForce(scope, directive);
                    if (lines.isEmpty()) {
                        return null;
                    }
                    Statement line = lines.getFirst().at();
                    String first = line.args().isEmpty() ? "" : line.args().getFirst().text();
                    return new InForce(line.at(), first.equals("off") || first.equals("0") || first.isEmpty());
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
