package io.frontdesk.modules.rewrite;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Context;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.VariableSetter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the flat list of steps of one server or location. Control plane. */
final class StepCompiler {
    private final RewriteModule module;
    private final Link link;
    private final List<Step> steps = new ArrayList<>();

    StepCompiler(RewriteModule module, Link link) {
        this.module = module;
        this.link = link;
    }

    Step[] compile(Scope scope) throws ConfigException {
        lines(scope);
        return steps.toArray(new Step[0]);
    }

    private void lines(Scope scope) throws ConfigException {
        for (Setting<?> entry : scope.entries()) {
            Object value = entry.value();
            // No switch over types: the JVM makes its code at run time, and each start would wait (docs/adr/0014).
            if (value instanceof RewriteLine line) {
                steps.add(rewrite(line, entry));
            } else if (value instanceof ReturnLine line) {
                steps.add(new ReturnStep(entry.at(), line.status(), template(line.text(), entry)));
            } else if (value instanceof SetLine line) {
                steps.add(new SetStep(entry.at(), setter(line), template(line.value(), entry)));
            } else if (value instanceof ConditionLine line) {
                block(line, entry);
            } else if (entry.directive() == module.breaks) {
                steps.add(new BreakStep(entry.at()));
            }
        }
    }

    private Step rewrite(RewriteLine line, Setting<?> at) throws ConfigException {
        var pattern = link.pattern(line.pattern(), false, at.at().at());
        String replacement = line.replacement();
        int question = line.status() == 0 ? replacement.indexOf('?') : -1;
        if (question < 0) {
            return new RewriteStep(at.at(), line, pattern, template(replacement, at), null);
        }
        return new RewriteStep(at.at(), line, pattern, template(replacement.substring(0, question), at),
                template(replacement.substring(question + 1), at));
    }

    private void block(ConditionLine line, Setting<?> at) throws ConfigException {
        Scope body = at.body();
        if (body == null) {
            return;
        }
        Test test = test(line, at);
        int place = steps.size();
        steps.add(new BreakStep(at.at())); // keeps the place
        lines(body);
        @Nullable
        LocationPlan plan = body.context() == Context.LOCATION_IF ? link.planOf(body) : null;
        steps.set(place, new IfStep(at.at(), test, plan, steps.size() - place - 1));
    }

    private Test test(ConditionLine line, Setting<?> at) throws ConfigException {
        String operator = line.operator();
        boolean negated = operator.startsWith("!");
        if (line.variable() == null) {
            return new FileTest(template(line.value(), at), operator.charAt(operator.length() - 1), negated);
        }
        Template variable = link.variable(line.variable(), at.at().at());
        return switch (operator) {
            case "" -> new TruthTest(variable);
            case "=", "!=" -> new EqualTest(variable, template(line.value(), at), negated);
            default ->
                new RegexTest(variable, link.pattern(line.value(), operator.endsWith("*"), at.at().at()), negated);
        };
    }

    private VariableSetter setter(SetLine line) {
        VariableSetter setter = link.variables().setter(line.name());
        return setter != null ? setter : link.variables().slot(line.name())::set;
    }

    private Template template(String text, Setting<?> at) throws ConfigException {
        return link.template(text, at.at().at());
    }
}
