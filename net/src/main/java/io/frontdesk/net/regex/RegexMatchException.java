package io.frontdesk.net.regex;

/**
 * A match that ended without an answer: over a limit, or a subject that is no UTF-8 for a pattern that asked for it.
 * The caller answers
 * 500 and logs the message, which has nginx's wording. Carries no stack trace, as a client may cause it at will.
 */
public sealed class RegexMatchException extends RuntimeException permits RegexLimitException {
    private final int code;

    RegexMatchException(int code, String why, String pattern) {
        super("pcre2_match() failed: " + code + " (" + why + ") using \"" + pattern + "\"", null, false, false);
        this.code = code;
    }

    /** PCRE2's number, such as -47 for the match limit. */
    public int code() {
        return code;
    }
}
