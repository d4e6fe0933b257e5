package io.frontdesk.config;

import org.jspecify.annotations.Nullable;

/**
 * What the operator is told about a configuration: a message and its place. A value; any thread.
 *
 * @param message
 *            nginx's wording, cut at {@link #MAX_MESSAGE_LENGTH}
 * @param at
 *            the place, or null where nginx names none
 */
public record Diagnostic(Severity severity, String message, @Nullable Position at) {

    /** nginx: a longer configuration message is cut. */
    public static final int MAX_MESSAGE_LENGTH = 1024;

    public Diagnostic {
        if (message.length() > MAX_MESSAGE_LENGTH) {
            message = message.substring(0, MAX_MESSAGE_LENGTH);
        }
        if (at != null && at.equals(Position.NOWHERE)) {
            at = null;
        }
    }

    /** {@code MESSAGE in FILE:LINE}, which nginx prints behind {@code nginx: [emerg] }. */
    @Override
    public String toString() {
        return at == null ? message : message + " in " + at;
    }
}
