package io.frontdesk.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A declared directive, and the key for reading its values from a {@link Scope}. Two directives may have one name, in
 * different contexts; the object is what tells them apart. Immutable; any thread.
 */
public final class Directive<T> {

    private final String module;
    private final String name;
    private final Shape<T> shape;
    private final Set<Context> contexts;
    private final Map<Context, Context> opens;
    private final boolean raw;
    private final Inheritance inheritance;
    private final @Nullable BinaryOperator<T> join;
    private final @Nullable T defaultValue;
    private final @Nullable String defaultText;
    private final @Nullable Closing<T> closing;
    private final @Nullable String successor;
    private final String doc;

    Directive(Declaration<T> declaration, String doc) {
        this.module = declaration.module.name();
        this.name = declaration.name;
        this.shape = declaration.shape;
        this.contexts = Collections.unmodifiableSet(declaration.contexts);
        this.opens = Collections.unmodifiableMap(new EnumMap<>(declaration.opens));
        this.raw = declaration.raw;
        this.inheritance = declaration.inheritance();
        this.join = declaration.join;
        this.defaultValue = declaration.defaultValue;
        this.defaultText = declaration.defaultText;
        this.closing = declaration.closing;
        this.successor = declaration.successor;
        this.doc = doc;
    }

    /** The module that declares it. */
    public String module() {
        return module;
    }

    /** Its name in the configuration. */
    public String name() {
        return name;
    }

    /** The form of its arguments. */
    public Shape<T> shape() {
        return shape;
    }

    /** Where it may stand. */
    public Set<Context> contexts() {
        return contexts;
    }

    /** Where it may stand, to the context of the block that it opens there; empty if it opens none, or a raw one. */
    public Map<Context, Context> opens() {
        return opens;
    }

    /** Whether its block is not of directives: the shape reads it. */
    public boolean isRaw() {
        return raw;
    }

    /** Whether it must have a block. */
    public boolean isBlock() {
        return raw || !opens.isEmpty();
    }

    /** What its lines mean to inner blocks and to each other. */
    public Inheritance inheritance() {
        return inheritance;
    }

    /** The value where no line says one. */
    public @Nullable T defaultValue() {
        return defaultValue;
    }

    /** The default as one would write it. */
    public @Nullable String defaultText() {
        if (defaultText != null) {
            return defaultText;
        }
        return defaultValue == null ? null : shape.format(defaultValue);
    }

    /** The directive to use instead, if this one is deprecated. */
    public @Nullable String successor() {
        return successor;
    }

    /** The manual's text. */
    public String doc() {
        return doc;
    }

    /** The line that the manual shows: {@code gzip on | off;}. */
    public String syntaxLine() {
        String words = shape.syntax().isEmpty() ? name : name + " " + shape.syntax();
        return words + (isBlock() ? " { ... }" : ";");
    }

    @Nullable
    BinaryOperator<T> join() {
        return join;
    }

    @Nullable
    Closing<T> closing() {
        return closing;
    }

    @Override
    public String toString() {
        return name;
    }
}
