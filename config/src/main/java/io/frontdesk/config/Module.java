package io.frontdesk.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A feature's declarations: a subclass has a field for each directive, which is its declaration, its registration and
 * the key for reading it. Constructed once, immutable after; any thread.
 */
public abstract class Module {

    private final String name;
    private final List<Directive<?>> directives = new ArrayList<>();
    private final List<LintRule> rules = new ArrayList<>();

    /** A module named after its class: {@code LimitReqModule} is {@code limit_req}. */
    protected Module() {
        this.name = nameOf(getClass().getSimpleName());
    }

    /** A module with a name of its own. */
    protected Module(String name) {
        this.name = name;
    }

    /** Starts the declaration of a directive; {@link Declaration#doc} ends it. */
    protected final <T> Declaration<T> directive(String name, Shape<T> shape) {
        return new Declaration<>(this, name, shape);
    }

    /** Starts the declaration of a rule of lint; {@link LintRule.Declaration#doc} ends it. */
    protected final LintRule.Declaration rule(String name, LintLevel level) {
        return new LintRule.Declaration(this, name, level);
    }

    /** Takes in a group of directives and rules, such as those that several modules declare, each under its own prefix. */
    protected final <M extends Module> M group(M group) {
        directives.addAll(group.directives());
        rules.addAll(group.rules());
        return group;
    }

    /** The directives in the order of their declaration. */
    public final List<Directive<?>> directives() {
        return Collections.unmodifiableList(directives);
    }

    /** The lines of one of its directives that hold in a block: a module whose rules are its own says so here. For tools. */
    public <T> List<Setting<T>> inForce(Scope scope, Directive<T> directive) {
        return scope.all(directive);
    }

    /** The lines of outer blocks that {@link #inForce} leaves out because of inner ones, the innermost first. For tools. */
    public <T> List<Setting<T>> hidden(Scope scope, Directive<T> directive) {
        List<Setting<T>> kept = inForce(scope, directive);
        List<Setting<T>> hidden = new ArrayList<>();
        for (Scope s = scope; s != null && directive.inheritance().reachesInward(); s = s.parent()) {
            for (Setting<T> line : s.own(directive)) {
                if (!kept.contains(line)) {
                    hidden.add(line);
                }
            }
        }
        return hidden;
    }

    /** The rules of lint about it, in the order of their declaration. */
    public final List<LintRule> rules() {
        return Collections.unmodifiableList(rules);
    }

    /** The feature's name, as nginx names it. */
    public final String name() {
        return name;
    }

    /** What the feature is for: the head of its part of the manual, in Markdown. */
    public String about() {
        return "";
    }

    final void register(Directive<?> directive) {
        directives.add(directive);
    }

    final void register(LintRule rule) {
        rules.add(rule);
    }

    private static String nameOf(String type) {
        String words = type.endsWith("Module") ? type.substring(0, type.length() - "Module".length()) : type;
        return words.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}
