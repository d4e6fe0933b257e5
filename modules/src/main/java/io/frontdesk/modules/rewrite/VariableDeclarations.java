package io.frontdesk.modules.rewrite;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Variables;

/** Makes the variables of all {@code set} lines. Control plane; used once per configuration. */
final class VariableDeclarations {
    private final RewriteModule module;
    private final Link link;

    VariableDeclarations(RewriteModule module, Link link) {
        this.module = module;
        this.link = link;
    }

    void declare(Scope scope) throws ConfigException {
        for (Setting<?> entry : scope.entries()) {
            if (entry.directive() == module.set) {
                declare((SetLine) entry.value(), entry);
            }
            if (entry.body() != null) {
                declare(entry.body());
            }
        }
    }

    private void declare(SetLine line, Setting<?> at) throws ConfigException {
        Variables variables = link.variables();
        if (!variables.isChangeable(line.name())) {
            throw at.error("the duplicate \"%s\" variable", line.name().toLowerCase(java.util.Locale.ROOT));
        }
        if (variables.setter(line.name()) == null) {
            variables.slot(line.name(), new UnsetVariable(line.name().toLowerCase(java.util.Locale.ROOT)));
        }
    }
}
