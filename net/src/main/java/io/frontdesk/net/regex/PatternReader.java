package io.frontdesk.net.regex;

/** A cursor over a pattern, which words its errors as PCRE2 does. */
final class PatternReader {
    final String pattern;
    private int position;

    PatternReader(String pattern) {
        this.pattern = pattern;
    }

    int position() {
        return position;
    }

    void moveTo(int target) {
        position = target;
    }

    boolean atEnd() {
        return position >= pattern.length();
    }

    /** The next char, which is left there; -1 at the end. */
    int peek() {
        return peek(0);
    }

    int peek(int ahead) {
        return position + ahead < pattern.length() ? pattern.charAt(position + ahead) : -1;
    }

    char next() {
        return pattern.charAt(position++);
    }

    /** Goes past a text where it stands here. */
    boolean take(String text) {
        if (pattern.startsWith(text, position)) {
            position += text.length();
            return true;
        }
        return false;
    }

    boolean startsWith(String text) {
        return pattern.startsWith(text, position);
    }

    /** The text up to a terminator, and goes past both; null (and no move) where there is none. */
    @org.jspecify.annotations.Nullable
    String takeUntil(String terminator) {
        int end = pattern.indexOf(terminator, position);
        if (end < 0) {
            return null;
        }
        String text = pattern.substring(position, end);
        position = end + terminator.length();
        return text;
    }

    /** A decimal number; -1 where there is none. */
    int number(int largest, String tooLarge) throws RegexException {
        int value = -1;
        while (isDigit(peek())) {
            value = Math.max(value, 0) * 10 + (next() - '0');
            if (value > largest) {
                throw error(tooLarge);
            }
        }
        return value;
    }

    RegexException error(String reason) {
        return errorAt(position, reason);
    }

    RegexException errorAt(int offset, String reason) {
        return new RegexException(pattern, reason, offset);
    }

    /** For what PCRE can do and this engine cannot. */
    RegexException unsupported(String what) {
        return error(what + " not supported by java.util.regex (PCRE2 is not in use)");
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWord(int c) {
        return ByteSet.isLetter(c) || isDigit(c) || c == '_';
    }

    static boolean isSpace(int c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
