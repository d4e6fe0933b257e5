package io.frontdesk.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Pass 2: the tree of words to typed values in a tree of scopes. Knows contexts, numbers of arguments, types and
 * duplicates; what it reports first is what nginx, which reads and checks at once, would report. One thread.
 */
public final class ConfigChecker {

    private static final String INCLUDE = "include";

    private final Map<String, List<Directive<?>>> directives = new HashMap<>();
    private final List<Diagnostic> warnings = new ArrayList<>();

    /**
     * A checker of these modules' directives.
     *
     * @throws IllegalStateException
     *             if two directives have one name in one context
     */
    public ConfigChecker(List<? extends Module> modules) {
        for (Module module : modules) {
            module.directives().forEach(this::register);
        }
    }

    /**
     * Checks a configuration.
     *
     * @return the main block
     * @throws ConfigException
     *             the first error in file order, be it one of reading or of checking
     */
    public Scope check(ConfigText text) throws ConfigException {
        warnings.clear();
        var main = new Scope(Context.MAIN, null, Statement.main(text.statements()));
        for (Statement statement : text.statements()) {
            check(statement, main, text.problem());
        }
        if (text.problem() != null) {
            throw new ConfigException(text.problem());
        }
        return main;
    }

    /** The warnings of the last check, also of one that failed. */
    public List<Diagnostic> warnings() {
        return List.copyOf(warnings);
    }

    private void register(Directive<?> directive) {
        var namesakes = directives.computeIfAbsent(directive.name(), key -> new ArrayList<>());
        for (Directive<?> other : namesakes) {
            if (!Collections.disjoint(other.contexts(), directive.contexts())) {
                throw new IllegalStateException("directive \"" + directive + "\" of module " + directive.module()
                        + " is declared by " + other.module() + " too");
            }
        }
        if (directive.name().equals(INCLUDE)) {
            throw new IllegalStateException("\"include\" belongs to the reader");
        }
        namesakes.add(directive);
    }

    private void check(Statement statement, Scope scope, @Nullable Diagnostic problem) throws ConfigException {
        String name = statement.name().text();
        if (name.equals(INCLUDE)) {
            // the reader has resolved the right ones
            throw statement.isBlock() ? notTerminated(statement) : invalidNumber(statement);
        }
        Directive<?> directive = find(statement, scope.context());
        if (!directive.isBlock() && statement.isBlock()) {
            throw notTerminated(statement);
        }
        if (directive.isBlock() && !statement.isBlock()) {
            throw ConfigException.at(statement.at(), "directive \"%s\" has no opening \"{\"", name);
        }
        if (!directive.shape().takes(statement.args().size())) {
            throw invalidNumber(statement);
        }
        checkLine(directive, statement, scope, problem);
    }

    private <T> void checkLine(Directive<T> directive, Statement statement, Scope scope, @Nullable Diagnostic problem)
            throws ConfigException {
        List<Setting<T>> before = scope.own(directive);
        boolean repeats = !before.isEmpty() && !directive.inheritance().isRepeated();
        List<Statement> rawLines = directive.isRaw() ? rawLines(statement) : null;
        var call = new Call(directive, statement, scope, rawLines, warnings::add);
        if (repeats && directive.join() == null) {
            throw call.directiveError("is duplicate");
        }
        T value = directive.shape().parse(call);
        if (rawLines != null) {
            endRaw(statement, rawLines, problem);
        }
        if (directive.successor() != null) {
            call.warn("the \"%s\" directive is deprecated, use the \"%s\" directive instead", directive.name(),
                    directive.successor());
        }
        Context opened = directive.opens().get(scope.context());
        Scope body = opened == null ? null : new Scope(opened, scope, statement);
        var setting = new Setting<>(directive, value, statement, scope, body);
        var join = directive.join();
        scope.add(setting, repeats && join != null
                ? new Setting<>(directive, join.apply(before.getFirst().value(), value), statement, scope, body)
                : null);
        if (body != null) {
            checkBlock(body, problem);
        }
        if (directive.closing() != null) {
            directive.closing().close(setting, call);
        }
    }

    private void checkBlock(Scope body, @Nullable Diagnostic problem) throws ConfigException {
        for (Statement child : children(body.statement())) {
            check(child, body, problem);
        }
        if (problem != null && body.statement().end() == null) {
            throw new ConfigException(problem);
        }
    }

    /** The lines before one with a block, which a raw block must not have. */
    private static List<Statement> rawLines(Statement block) {
        var lines = children(block);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlock()) {
                return lines.subList(0, i);
            }
        }
        return lines;
    }

    /** What is wrong behind the lines that the shape has read. */
    private static void endRaw(Statement block, List<Statement> lines, @Nullable Diagnostic problem)
            throws ConfigException {
        var all = children(block);
        if (lines.size() < all.size()) {
            throw ConfigException.at(all.get(lines.size()).at(), "unexpected \"{\"");
        }
        if (problem != null && block.end() == null) {
            throw new ConfigException(problem);
        }
    }

    private Directive<?> find(Statement statement, Context context) throws ConfigException {
        String name = statement.name().text();
        var namesakes = directives.get(name);
        if (namesakes == null) {
            throw ConfigException.at(statement.at(), "unknown directive \"%s\"", name);
        }
        for (Directive<?> directive : namesakes) {
            if (directive.contexts().contains(context)) {
                return directive;
            }
        }
        throw ConfigException.at(statement.at(), "\"%s\" directive is not allowed here", name);
    }

    private static List<Statement> children(Statement block) {
        return Objects.requireNonNull(block.children());
    }

    private static ConfigException notTerminated(Statement statement) {
        return ConfigException.at(statement.at(), "directive \"%s\" is not terminated by \";\"",
                statement.name().text());
    }

    private static ConfigException invalidNumber(Statement statement) {
        return ConfigException.at(statement.at(), "invalid number of arguments in \"%s\" directive",
                statement.name().text());
    }
}
