package io.frontdesk.modules.rewrite;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Context.SERVER_IF;
import static io.frontdesk.config.Shapes.block;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Context;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;

/** Changes URIs, answers directly, and chooses by conditions. */
public final class RewriteModule extends HttpModule {
    final Directive<RewriteLine> rewrite = directive("rewrite",
            of("regex replacement [flag]", 2, 3, RewriteLine::parse)).in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .repeatable().doc("Where the path matches, replaces it, or redirects. The lines run in their order; "
                    + "`last` ends them and looks for the location again, `break` ends them and stays, "
                    + "`redirect` answers with 302 and `permanent` with 301. The arguments of the request go "
                    + "behind those of the replacement, unless it ends with a question mark.");
    final Directive<ReturnLine> returns = directive("return", of("code [text | URL] | URL", 1, 2, ReturnLine::parse))
            .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF).repeatable()
            .doc("Ends the processing with an answer: a status, a status with a body, or a redirect. 444 closes the "
                    + "connection without an answer.");
    final Directive<Boolean> breaks = directive("break", block()).in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .repeatable().doc("Ends the lines of this module here.");
    final Directive<ConditionLine> condition = directive("if", of("(condition)", 1, Integer.MAX_VALUE,
            ConditionLine::parse)).opens(SERVER, SERVER_IF).opens(LOCATION, LOCATION_IF)
            .doc("What holds when a condition does: a variable that is neither empty nor 0; a comparison by "
                    + "`=` or `!=`; one with an expression by `~`, `~*`, `!~`, `!~*`; or a file's being there by "
                    + "`-f`, `-d`, `-e`, `-x`, with `!` before it for the opposite. In a location it is a "
                    + "location of its own.");
    final Directive<SetLine> set = directive("set", of("$variable value", 2, 2, SetLine::parse))
            .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF).repeatable()
            .doc("Gives a variable a value; one of a new name is made.");
    final Directive<Boolean> rewriteLog = directive("rewrite_log", flag())
            .in(HTTP, SERVER, SERVER_IF, LOCATION, LOCATION_IF).orElse(false)
            .doc("Whether each comparison and change is logged, at level notice.");
    final Directive<Boolean> uninitializedVariableWarn = directive("uninitialized_variable_warn", flag())
            .in(HTTP, SERVER, SERVER_IF, LOCATION, LOCATION_IF).orElse(true)
            .doc("Whether it is logged when a variable is used that `set` has not reached.");

    /** The module; one object per process. */
    public RewriteModule() {
        super("rewrite");
        rules(new RewriteRules(this));
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        // Names are defined before anything is compiled: a value may stand above the line that sets it.
        new VariableDeclarations(this, link).declare(http);
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        plan.attach(VariableWarnings.class, new VariableWarnings(scope.get(uninitializedVariableWarn)));
        if (scope.context() != Context.SERVER && scope.context() != LOCATION) {
            return;
        }
        Step[] steps = new StepCompiler(this, link).compile(scope);
        if (steps.length > 0) {
            Phase phase = scope.context() == Context.SERVER ? Phase.SERVER_REWRITE : Phase.REWRITE;
            plan.on(phase, new RewriteHandler(steps, scope.get(rewriteLog)));
        }
    }
}
