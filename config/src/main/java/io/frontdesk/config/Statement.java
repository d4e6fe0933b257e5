package io.frontdesk.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A directive line or block as written: words, and for a block its statements. Made by the reader, not changed after;
 * any thread.
 */
public final class Statement {

    private final Word name;
    private final List<Word> args;
    private final @Nullable List<Statement> children;
    private final Position at;
    private @Nullable Position end;

    /** A statement that ends with a semicolon. */
    Statement(List<Word> words, Position at) {
        this(words.getFirst(), List.copyOf(words.subList(1, words.size())), null, at);
        this.end = at;
    }

    private Statement(Word name, List<Word> args, @Nullable List<Statement> children, Position at) {
        this.name = name;
        this.args = args;
        this.children = children;
        this.at = at;
    }

    /** A block that was opened; {@link #add} and {@link #close} complete it. */
    static Statement block(List<Word> words, Position at) {
        return new Statement(words.getFirst(), List.copyOf(words.subList(1, words.size())), new ArrayList<>(), at);
    }

    /** The main block, which nobody writes. */
    static Statement main(List<Statement> statements) {
        var main = new Statement(Word.synthetic("main"), List.of(), statements, Position.NOWHERE);
        main.end = Position.NOWHERE;
        return main;
    }

    /** The directive's name, or in a raw block whatever comes first. */
    public Word name() {
        return name;
    }

    /** The words behind the name. */
    public List<Word> args() {
        return args;
    }

    /** The block's statements, or null if it is not a block. */
    public @Nullable List<Statement> children() {
        return children == null ? null : Collections.unmodifiableList(children);
    }

    /** Whether it has a block. */
    public boolean isBlock() {
        return children != null;
    }

    /** Where it starts: its name. */
    public Position start() {
        return name.at();
    }

    /** Where nginx reports its errors: the {@code ;} or <code>{</code> that ends its words. */
    public Position at() {
        return at;
    }

    /** The {@code ;} or the block's closing brace; null if reading failed inside the block. */
    public @Nullable Position end() {
        return end;
    }

    void add(Statement child) {
        if (children == null) {
            throw new IllegalStateException("not a block: " + this);
        }
        children.add(child);
    }

    void close(Position end) {
        this.end = end;
    }

    /** The words with single spaces, for debugging. */
    @Override
    public String toString() {
        var text = new StringBuilder(name.text());
        args.forEach(arg -> text.append(' ').append(arg.text()));
        return text.append(isBlock() ? " {" : ";").toString();
    }
}
