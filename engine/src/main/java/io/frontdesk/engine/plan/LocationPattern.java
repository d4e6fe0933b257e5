package io.frontdesk.engine.plan;

import io.frontdesk.engine.variable.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a location matches.
 *
 * @param kind  how it is compared
 * @param text  the path, the expression, or the name with its {@code @}; empty for a server's own plan and for implicit locations
 * @param regex the compiled expression of a regex location
 */
public record LocationPattern(Kind kind, String text, @Nullable Pattern regex) {
    /** How a location is compared with a path. */
    public enum Kind {
        /** {@code location = /path}. */
        EXACT,
        /** {@code location /path}. */
        PREFIX,
        /** {@code location ^~ /path}: a prefix that keeps regexes out. */
        PREFIX_NO_REGEX,
        /** {@code location ~ regex}. */
        REGEX,
        /** {@code location ~* regex}. */
        REGEX_CASELESS,
        /** {@code location @name}. */
        NAMED,
        /** A server's own plan. */
        SERVER,
        /** {@code if} in a location, {@code limit_except}. */
        IMPLICIT
    }

    /** Whether it is compared by a regular expression. */
    public boolean isRegex() {
        return kind == Kind.REGEX || kind == Kind.REGEX_CASELESS;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return switch (kind) {
            case EXACT -> "= " + text;
            case PREFIX_NO_REGEX -> "^~ " + text;
            case REGEX -> "~ " + text;
            case REGEX_CASELESS -> "~* " + text;
            default -> text;
        };
    }
}
