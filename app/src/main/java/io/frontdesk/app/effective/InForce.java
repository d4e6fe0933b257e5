package io.frontdesk.app.effective;

import io.frontdesk.app.command.LineText;
import io.frontdesk.config.Context;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line that holds in a block, or a default. A value; texts are byte strings.
 *
 * @param name   the directive
 * @param value  what stands behind it
 * @param isRaw  whether a block of words stands behind that
 * @param at     the line; null for a default
 * @param origin where it is from
 * @param from   the block that it stands in: {@code http}, {@code server}, {@code location /a}; empty for a default
 * @param fromAt where that block stands; null for a default and for the main block
 * @param order  its place among those of one origin
 * @param shadowed lines of outer blocks that do not hold because of it, the innermost first
 */
record InForce(String name, String value, boolean isRaw, @Nullable Position at, Origin origin, String from,
        @Nullable Position fromAt, List<Shadowed> shadowed, int order) {
    /** Where a value is from. */
    enum Origin {
        /** The block itself. */
        HERE,
        /** A block around it. */
        INHERITED,
        /** Nobody wrote it. */
        DEFAULT
    }

    /** A line that does not hold. */
    record Shadowed(String value, Position at) {}

    /** All that holds in a block, module by module; of each block the lines in their order. */
    static List<InForce> in(Scope scope, List<Module> modules) {
        List<InForce> all = new ArrayList<>();
        Context context = scope.context();
        for (Module module : modules) {
            for (Directive<?> directive : module.directives()) {
                if (directive.contexts().contains(context) && isLine(directive, context)) {
                    add(module, directive, scope, all);
                }
            }
        }
        all.sort(Comparator.comparing(InForce::origin).thenComparing(InForce::order));
        return all;
    }

    /** Whether it is about the block itself: not if it opens one that takes requests of its own. */
    private static boolean isLine(Directive<?> directive, Context context) {
        Context opened = directive.opens().get(context);
        return opened == null || opened == Context.LOCATION_IF || opened == Context.SERVER_IF
                || opened == Context.LIMIT_EXCEPT;
    }

    private static <T> void add(Module module, Directive<T> directive, Scope scope, List<InForce> into) {
        List<Setting<T>> lines = module.inForce(scope, directive);
        List<Shadowed> shadowed = new ArrayList<>();
        for (Setting<T> line : module.hidden(scope, directive)) {
            shadowed.add(new Shadowed(LineText.arguments(line.at()), line.at().at()));
        }
        for (Setting<T> line : lines) {
            boolean here = line.scope() == scope;
            int order = here ? scope.entries().indexOf(line) : into.size();
            boolean first = line == lines.getFirst();
            into.add(new InForce(directive.name(), LineText.arguments(line.at()), line.at().isBlock(), line.at().at(),
                    here ? Origin.HERE : Origin.INHERITED, block(line.scope()),
                    place(line.scope()), first ? shadowed : List.of(), order));
        }
        String usual = directive.defaultText();
        if (lines.isEmpty() && usual != null && !usual.isEmpty()) {
            into.add(new InForce(directive.name(), usual, false, null, Origin.DEFAULT, "", null, shadowed,
                    into.size()));
        }
    }

    private static String block(Scope scope) {
        Statement statement = scope.statement();
        String arguments = LineText.arguments(statement);
        return statement.name().text() + (arguments.isEmpty() ? "" : " " + arguments);
    }

    private static @Nullable Position place(Scope scope) {
        return scope.parent() == null ? null : scope.statement().at();
    }

    /** The line as one would write it. */
    String line() {
        return name + (value.isEmpty() ? "" : " " + value) + (isRaw ? " { ... }" : ";");
    }
}
