package io.frontdesk.engine.plan;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Word;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.TemplateCompiler;
import io.frontdesk.engine.variable.Variable;
import io.frontdesk.engine.variable.Variables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is at hand while one configuration is linked and compiled: variables, templates, patterns, and the things that modules share by
 * type. One per configuration, control plane, one thread.
 */
public final class Link {
    private final Paths paths;
    private final Variables variables = new Variables();
    private final TemplateCompiler templates = new TemplateCompiler(variables);
    private final Map<Class<?>, Object> shared = new LinkedHashMap<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final List<Expression> expressions = new ArrayList<>();
    private final Map<Scope, LocationPattern> patterns = new IdentityHashMap<>();
    private final Map<Scope, LocationPlan> plans = new IdentityHashMap<>();
    private final boolean testing;
    private final boolean offline;

    /** {@code testing}: a {@code -t} run, or any other that serves nothing. */
    public Link(Paths paths, boolean testing) {
        this(paths, testing, false);
    }

    private Link(Paths paths, boolean testing, boolean offline) {
        this.paths = paths;
        this.testing = testing;
        this.offline = offline;
    }

    /** For a configuration that is only looked at: nothing is opened for writing, and no socket. */
    public static Link offline(Paths paths) {
        return new Link(paths, true, true);
    }

    /** Prefix and configuration file, against which relative names are resolved. */
    public Paths paths() {
        return paths;
    }

    /** Whether nothing will be served. */
    public boolean isTesting() {
        return testing;
    }

    /** Whether no log and no socket may be opened. */
    public boolean isOffline() {
        return offline;
    }

    /** The variables of this configuration. */
    public Variables variables() {
        return variables;
    }

    /** The compiler behind {@link #template}: finished by the snapshot's compiler. */
    public TemplateCompiler templates() {
        return templates;
    }

    /** Compiles a word with variables. */
    public Template template(Word word) throws ConfigException {
        return templates.compile(word.text(), word.at());
    }

    /** Compiles a text with variables that stands at {@code at}. */
    public Template template(String text, Position at) throws ConfigException {
        return templates.compile(text, at);
    }

    /** The value of the variable of that name (without its dollar), which is looked up when all are known. */
    public Template variable(String name, Position at) {
        return templates.variable(name, at);
    }

    /**
     * Defines a variable of the configuration, as a map does; {@code word} is its name with the dollar.
     *
     * @throws ConfigException with nginx's wording, when it is no name, or a built-in variable has it
     */
    public void define(String word, Position at, Variable variable) throws ConfigException {
        String name = variableName(word, at);
        if (!variables.isChangeable(name)) {
            throw error("the duplicate \"" + name.toLowerCase(Locale.ROOT) + "\" variable", at);
        }
        variables.define(name, variable);
    }

    /** The name that a word with a dollar names. */
    public static String variableName(String word, Position at) throws ConfigException {
        if (word.length() < 2 || word.charAt(0) != '$') {
            throw error("invalid variable name \"" + word + "\"", at);
        }
        return word.substring(1);
    }

    /** Compiles a regular expression; its named groups become variables. */
    public Pattern pattern(String text, boolean caseless, Position at) throws ConfigException {
        expressions.add(new Expression(text, caseless, at));
        return Pattern.compile(text, caseless, at, variables);
    }

    /** A regular expression of the configuration, as it was compiled. */
    public record Expression(String text, boolean caseless, Position at) {}

    /** All expressions so far, for tools. */
    public List<Expression> expressions() {
        return Collections.unmodifiableList(expressions);
    }

    /** A thing that several modules or several calls share for this configuration, made at first use. */
    public <T> T shared(Class<T> type, Supplier<T> make) {
        Object known = shared.get(type);
        if (known == null) {
            known = make.get();
            shared.put(type, known);
        }
        return type.cast(known);
    }

    /** All shared things, in the order of their making: the snapshot keeps them, starts and closes those that say so. */
    public List<Object> sharedThings() {
        return List.copyOf(shared.values());
    }

    /** What the block of a location matches; for an implicit block, what the location around it does. */
    public LocationPattern patternOf(Scope scope) {
        for (Scope s = scope; s != null; s = s.parent()) {
            LocationPattern pattern = patterns.get(s);
            if (pattern != null && pattern.kind() != LocationPattern.Kind.IMPLICIT) {
                return pattern;
            }
        }
        throw new IllegalStateException("no location around " + scope);
    }

    void pattern(Scope scope, LocationPattern pattern) {
        patterns.put(scope, pattern);
    }

    /** The plan of an implicit block ({@code if} in a location): it is compiled before the location around it. */
    public LocationPlan planOf(Scope scope) {
        LocationPlan plan = plans.get(scope);
        if (plan == null) {
            throw new IllegalStateException("not compiled yet: " + scope);
        }
        return plan;
    }

    /** The block that a plan was compiled from; null for a plan of another configuration. For tools, which may search. */
    public @Nullable Scope scopeOf(LocationPlan plan) {
        for (Map.Entry<Scope, LocationPlan> known : plans.entrySet()) {
            if (known.getValue() == plan) {
                return known.getKey();
            }
        }
        return null;
    }

    void plan(Scope scope, LocationPlan plan) {
        plans.put(scope, plan);
    }

    /** The shared things by their types. */
    Map<Class<?>, Object> sharedByType() {
        return shared;
    }

    /** Notes something that nginx warns of; null where it names no place. */
    public void warn(String message, @Nullable Position at) {
        warnings.add(new Diagnostic(Severity.WARN, message, at));
    }

    /** What was noted so far. */
    public List<Diagnostic> warnings() {
        return List.copyOf(warnings);
    }

    /** An error of the configuration, for throwing. */
    public static ConfigException error(String message, Position at) {
        return new ConfigException(new Diagnostic(Severity.EMERG, message, at));
    }

    /** Whether the scope is an {@code if} in a location or a {@code limit_except}: such take over the content handler of the block around. */
    public static boolean isImplicit(Scope scope) {
        return switch (scope.context()) {
            case LOCATION_IF, LIMIT_EXCEPT -> true;
            default -> false;
        };
    }
}
