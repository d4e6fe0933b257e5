package io.frontdesk.config;

import java.util.OptionalLong;

/** Numbers as nginx reads them: decimal digits only, no sign, below 2^63. Stateless; any thread. */
public final class Numbers {

    private Numbers() {}

    /** The number, or empty if the text is none. */
    public static OptionalLong parse(String text) {
        return parse(text, text.length());
    }

    /** The number that the first {@code length} chars are. */
    static OptionalLong parse(String text, int length) {
        if (length == 0) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalLong.of(value);
    }
}
