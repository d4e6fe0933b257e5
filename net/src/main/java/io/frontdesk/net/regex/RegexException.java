package io.frontdesk.net.regex;

/** A pattern that cannot be compiled: the operator's error. The message is nginx's whole sentence. */
public final class RegexException extends Exception {
    private final String reason;
    private final int offset;

    RegexException(String pattern, String reason, int offset) {
        super(sentence(pattern, reason, offset));
        this.reason = reason;
        this.offset = offset;
    }

    /** PCRE2's words alone. */
    public String reason() {
        return reason;
    }

    /** Where in the pattern it was noticed, in bytes; the pattern's length for its end. */
    public int offset() {
        return offset;
    }

    // nginx: the place is named only where something is left of the pattern.
    private static String sentence(String pattern, String reason, int offset) {
        String sentence = "pcre2_compile() failed: " + reason + " in \"" + pattern + "\"";
        return offset >= 0 && offset < pattern.length()
                ? sentence + " at \"" + pattern.substring(offset) + "\""
                : sentence;
    }
}
