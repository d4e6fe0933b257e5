package io.frontdesk.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The manual's page of directives, made from their declarations: modules by name, in each the directives by name. */
public final class ReferencePage {

    private final List<Module> modules;

    /** A page about these modules. */
    public ReferencePage(List<? extends Module> modules) {
        this.modules = modules.stream().<Module>map(module -> module).filter(module -> !module.directives().isEmpty())
                .sorted(Comparator.comparing(Module::name)).toList();
    }

    /** The page in Markdown, the same for the same declarations. */
    public String markdown() {
        var page = new StringBuilder("""
                # Directives

                <!-- Generated from the declarations: change the text there. -->

                """);
        modules.forEach(module -> page.append("- [").append(module.name()).append("](#").append(module.name())
                .append(")\n"));
        modules.forEach(module -> describe(module, page));
        return page.toString();
    }

    private static void describe(Module module, StringBuilder page) {
        page.append("\n## ").append(module.name()).append('\n');
        if (!module.about().isBlank()) {
            page.append('\n').append(module.about().strip()).append('\n');
        }
        // namesakes, such as server, in the order of their contexts
        module.directives().stream().sorted(Comparator.<Directive<?>, String>comparing(Directive::name)
                .thenComparing(directive -> directive.contexts().iterator().next()))
                .forEach(directive -> describe(directive, page));
    }

    private static void describe(Directive<?> directive, StringBuilder page) {
        String defaultText = directive.defaultText();
        page.append("\n### ").append(directive.name()).append("\n\n");
        item(page, "Syntax", code(directive.syntaxLine()));
        item(page, "Default",
                defaultText == null ? "none" : code((directive.name() + " " + defaultText).strip() + ";"));
        item(page, "Context", directive.contexts().stream().map(Context::label).collect(Collectors.joining(", ")));
        item(page, "Inheritance", directive.inheritance().label());
        if (directive.successor() != null) {
            item(page, "Deprecated", "use " + code(directive.successor()));
        }
        page.append('\n').append(directive.doc()).append('\n');
    }

    private static void item(StringBuilder page, String label, String text) {
        page.append("- ").append(label).append(": ").append(text).append('\n');
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
