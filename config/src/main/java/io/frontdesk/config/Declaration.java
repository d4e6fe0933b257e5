package io.frontdesk.config;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A directive in the making: the chain between {@link Module#directive} and {@link #doc}, which ends it. Used while a
 * module is constructed, by one thread.
 */
public final class Declaration<T> {

    final Module module;
    final String name;
    final Shape<T> shape;
    final Set<Context> contexts = EnumSet.noneOf(Context.class);
    final Map<Context, Context> opens = new EnumMap<>(Context.class);
    boolean raw;
    @Nullable
    BinaryOperator<T> join;
    @Nullable
    T defaultValue;
    @Nullable
    String defaultText;
    @Nullable
    Closing<T> closing;
    @Nullable
    String successor;
    private @Nullable Inheritance inheritance;
    private @Nullable Context opensEverywhere;

    Declaration(Module module, String name, Shape<T> shape) {
        this.module = module;
        this.name = name;
        this.shape = shape;
    }

    /** Where it may stand. */
    public Declaration<T> in(Context... places) {
        contexts.addAll(Arrays.asList(places));
        return this;
    }

    /** It has a block, which is of this context wherever it stands. */
    public Declaration<T> opens(Context body) {
        opensEverywhere = body;
        return this;
    }

    /** It may stand in one context, and then has a block of the other: {@code .opens(SERVER, SERVER_IF)}. */
    public Declaration<T> opens(Context place, Context body) {
        contexts.add(place);
        opens.put(place, body);
        return this;
    }

    /** It has a block that is not of directives; the shape reads it from {@link Call#children}. */
    public Declaration<T> raw() {
        raw = true;
        return this;
    }

    /** One line a block, inherited by inner blocks. So it is unless something else is said, except for blocks. */
    public Declaration<T> inherits() {
        return inheritance(Inheritance.NEAREST);
    }

    /** Many lines a block; any line drops all those of outer blocks. */
    public Declaration<T> list() {
        return inheritance(Inheritance.LIST);
    }

    /** One line a block, not inherited. */
    public Declaration<T> local() {
        return inheritance(Inheritance.LOCAL);
    }

    /** Many lines a block, not inherited. So it is for blocks unless something else is said. */
    public Declaration<T> repeatable() {
        return inheritance(Inheritance.REPEATABLE);
    }

    /** A second line in a block is not a duplicate: its value is joined to the first. nginx: its bit masks. */
    public Declaration<T> joins(BinaryOperator<T> operator) {
        join = operator;
        return this;
    }

    /** The value where no line says one. */
    public Declaration<T> orElse(T value) {
        defaultValue = value;
        return this;
    }

    /** The value where no line says one, and how the manual writes it. */
    public Declaration<T> orElse(T value, String text) {
        defaultText = text;
        return orElse(value);
    }

    /** What is checked when its block is complete. */
    public Declaration<T> closing(Closing<T> check) {
        closing = check;
        return this;
    }

    /** It still works, with a warning that names what to use instead. */
    public Declaration<T> deprecatedFor(String directive) {
        successor = directive;
        return this;
    }

    /** Ends the chain: the manual's text, in Markdown. Registers the directive. */
    public Directive<T> doc(String text) {
        if (opensEverywhere != null) {
            for (Context context : contexts) {
                opens.putIfAbsent(context, opensEverywhere);
            }
        }
        boolean isBlock = raw || !opens.isEmpty();
        require(!text.isBlank(), "has no manual text");
        require(!contexts.isEmpty(), "may stand nowhere");
        require(!(raw && !opens.isEmpty()), "has two kinds of block");
        require(opens.isEmpty() || opens.keySet().equals(contexts), "has a block only in some contexts");
        require(closing == null || isBlock, "has no block to close");
        require(!inheritance().isRepeated() || (join == null && defaultValue == null),
                "may have many lines, so neither joins them nor has a default value");
        var directive = new Directive<>(this, text.strip());
        module.register(directive);
        return directive;
    }

    Inheritance inheritance() {
        if (inheritance != null) {
            return inheritance;
        }
        return raw || !opens.isEmpty() ? Inheritance.REPEATABLE : Inheritance.NEAREST;
    }

    private Declaration<T> inheritance(Inheritance rule) {
        require(inheritance == null, "has two rules of inheritance");
        inheritance = rule;
        return this;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("directive \"" + name + "\" " + otherwise);
        }
    }
}
