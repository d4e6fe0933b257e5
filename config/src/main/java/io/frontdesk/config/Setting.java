package io.frontdesk.config;

import org.jspecify.annotations.Nullable;

/**
 * One line of the configuration with its value. Immutable; any thread.
 *
 * @param directive
 *            what the line sets
 * @param value
 *            its typed value
 * @param at
 *            the line as written
 * @param scope
 *            the block that it stands in
 * @param body
 *            the block that it opens, if it opens one of directives
 */
public record Setting<T>(Directive<T> directive, T value, Statement at, Scope scope, @Nullable Scope body) {

    /** An error about this line, for passes after the check. The format is that of {@link String#format}. */
    public ConfigException error(String format, Object... args) {
        return ConfigException.at(at.at(), format, args);
    }

    @Override
    public String toString() {
        return at.toString();
    }
}
