package io.frontdesk.config;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One line being checked: what a {@link Shape} sees of it, and the maker of its errors. Lives as long as the check of
 * that line, on its thread.
 */
public final class Call {

    private final Directive<?> directive;
    private final Statement statement;
    private final Scope scope;
    private final @Nullable List<Statement> children;
    private final Consumer<Diagnostic> warnings;

    Call(Directive<?> directive, Statement statement, Scope scope, @Nullable List<Statement> children,
            Consumer<Diagnostic> warnings) {
        this.directive = directive;
        this.statement = statement;
        this.scope = scope;
        this.children = children;
        this.warnings = warnings;
    }

    /** The directive that the line sets. */
    public Directive<?> directive() {
        return directive;
    }

    /** The line. */
    public Statement statement() {
        return statement;
    }

    /** The words behind the name. */
    public List<Word> args() {
        return statement.args();
    }

    /** The text of an argument, counted from 0. */
    public String text(int index) {
        return statement.args().get(index).text();
    }

    /** The block that the line stands in, as far as it has been checked: lines before this one are there. */
    public Scope scope() {
        return scope;
    }

    /**
     * The lines of a raw block, as words; none has a block. Includes are resolved.
     *
     * @throws IllegalStateException
     *             if the directive is not declared raw
     */
    public List<Statement> children() {
        if (children == null) {
            throw new IllegalStateException("\"" + directive + "\" is not declared raw");
        }
        return children;
    }

    /** An error where nginx reports this line. The format is that of {@link String#format}. */
    public ConfigException error(String format, Object... args) {
        return ConfigException.at(statement.at(), format, args);
    }

    /** An error at a word, whose line may differ from nginx's if the statement has several. */
    public ConfigException errorAt(Word word, String format, Object... args) {
        return ConfigException.at(word.at(), format, args);
    }

    /** An error where nginx reports a line of this raw block. */
    public ConfigException errorAt(Statement line, String format, Object... args) {
        return ConfigException.at(line.at(), format, args);
    }

    /** An error at the block's closing brace, where nginx reports what the block lacks. */
    public ConfigException errorAtEnd(String format, Object... args) {
        Position end = statement.end();
        return ConfigException.at(end == null ? statement.at() : end, format, args);
    }

    /** nginx: a setter's complaint, as in {@code "gzip" directive is duplicate}. */
    public ConfigException directiveError(String complaint) {
        return error("\"%s\" directive %s", statement.name().text(), complaint);
    }

    /** nginx: {@code invalid value "x"}. */
    public ConfigException invalidValue(Word word) {
        return error("invalid value \"%s\"", word.text());
    }

    /** nginx: {@code invalid parameter "x"}. */
    public ConfigException invalidParameter(Word word) {
        return error("invalid parameter \"%s\"", word.text());
    }

    /** A warning where nginx reports a line of this raw block; the check goes on. */
    public void warnAt(Statement line, String format, Object... args) {
        warnings.accept(new Diagnostic(Severity.WARN, ConfigException.text(format, args), line.at()));
    }

    /** A warning at this line; the check goes on. */
    public void warn(String format, Object... args) {
        warnings.accept(new Diagnostic(Severity.WARN, ConfigException.text(format, args), statement.at()));
    }
}
