package io.frontdesk.net.regex;

/** A set of bytes under construction: what a character class of a byte string is. */
final class ByteSet {
    private static final String HEX = "0123456789abcdef";

    private final long[] words = new long[4];

    /** Bytes for which a test holds. */
    static ByteSet where(java.util.function.IntPredicate test) {
        ByteSet set = new ByteSet();
        for (int c = 0; c < 256; c++) {
            if (test.test(c)) {
                set.add(c);
            }
        }
        return set;
    }

    boolean contains(int c) {
        return (words[c >> 6] & 1L << (c & 63)) != 0;
    }

    ByteSet add(int c) {
        words[c >> 6] |= 1L << (c & 63);
        return this;
    }

    ByteSet addRange(int first, int last) {
        for (int c = first; c <= last; c++) {
            add(c);
        }
        return this;
    }

    ByteSet addAll(ByteSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
        return this;
    }

    ByteSet complement() {
        ByteSet set = new ByteSet();
        for (int i = 0; i < words.length; i++) {
            set.words[i] = ~words[i];
        }
        return set;
    }

    /** With each letter of ASCII in both cases: PCRE's tables for the C locale know no others. */
    ByteSet bothCases() {
        return where(c -> contains(c) || isLetter(c) && contains(c ^ 0x20));
    }

    /**
     * As an item of a Java pattern. Each byte is written alone, as Java keeps single chars in one bitmap and tests
     * ranges in turn.
     */
    String item() {
        StringBuilder out = new StringBuilder();
        for (int c = 0; c < 256; c++) {
            if (contains(c)) {
                appendEscaped(out, c);
            }
        }
        if (out.isEmpty()) {
            return "(?!)";
        }
        return complement().isEmpty() ? "[\\x00-\\xff]" : "[" + out + "]";
    }

    boolean isEmpty() {
        return (words[0] | words[1] | words[2] | words[3]) == 0;
    }

    static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /**
     * One byte in a form that means nothing else to Java, in a class or outside, and cannot grow into the text before
     * it.
     */
    static void appendEscaped(StringBuilder out, int c) {
        out.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
}
