package io.frontdesk.config;

import java.util.OptionalLong;

/** Sizes in bytes as nginx reads them: {@code 512}, {@code 16k}, {@code 1M}. Stateless; any thread. */
public final class Sizes {

    private Sizes() {}

    /** A size in memory: k and m. Empty if the text is none, or too big. */
    public static OptionalLong size(String text) {
        return scaled(text, false);
    }

    /** A size of or a place in a file: k, m and g. Empty if the text is none, or too big. */
    public static OptionalLong offset(String text) {
        return scaled(text, true);
    }

    /** A size as one would write it. */
    public static String format(long bytes) {
        if (bytes != 0 && bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "m";
        }
        return bytes != 0 && bytes % (1L << 10) == 0 ? (bytes >> 10) + "k" : Long.toString(bytes);
    }

    private static OptionalLong scaled(String text, boolean withGiga) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        int shift = switch (text.charAt(text.length() - 1)) {
            case 'K', 'k' -> 10;
            case 'M', 'm' -> 20;
            case 'G', 'g' -> withGiga ? 30 : 0;
            default -> 0;
        };
        var count = Numbers.parse(text, shift == 0 ? text.length() : text.length() - 1);
        if (count.isEmpty() || count.getAsLong() > Long.MAX_VALUE >> shift) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(count.getAsLong() << shift);
    }
}
