package io.frontdesk.app;

import io.frontdesk.config.LintPage;
import io.frontdesk.config.ReferencePage;
import io.frontdesk.engine.variable.VariableDefinition;
import io.frontdesk.engine.variable.Variables;

/** The pages of the manual that are made of what the modules declare. */
public final class Reference {
    private final Modules modules = new Modules();

    /** All directives. */
    public String directives() {
        return new ReferencePage(modules.all()).markdown();
    }

    /** All rules of lint. */
    public String lint() {
        return new LintPage(modules.all()).markdown();
    }

    /** All variables, by name; a family is shown with its changing part. */
    public String variables() {
        Variables variables = new Variables();
        modules.http().forEach(module -> module.variables(variables));
        StringBuilder page = new StringBuilder("""
                # Variables

                <!-- Generated from the declarations: change the text there. -->

                A configuration adds its own, by `set`, `map` and the like.

                | | |
                |---|---|
                """);
        for (VariableDefinition definition : variables.definitions()) {
            page.append("| `$").append(definition.name()).append(definition.prefix() ? "NAME" : "").append("` | ")
                    .append(definition.doc().strip()).append(" |\n");
        }
        return page.toString();
    }
}
