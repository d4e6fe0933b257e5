package io.frontdesk.net.regex;

/** A match that took more steps or memory than it may: the guard against patterns that backtrack without end. */
public final class RegexLimitException extends RegexMatchException {
    RegexLimitException(int code, String why, String pattern) {
        super(code, why, pattern);
    }
}
