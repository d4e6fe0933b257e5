package io.frontdesk.config;

import java.util.OptionalLong;

/**
 * Times as nginx reads them: {@code 30s}, {@code 1m30s}, {@code 1h 30m}, {@code 500ms}; units fall from left to right,
 * each at most once, and a number without one is seconds. Stateless; any thread.
 */
public final class Times {

    /**
     * Units from the largest on; a later one must have a higher rank. nginx: a blank stands for seconds, and is last.
     */
    private enum Unit {
        // @formatter:off
        START(0),
        YEAR(60 * 60 * 24 * 365),
        MONTH(60 * 60 * 24 * 30),
        WEEK(60 * 60 * 24 * 7),
        DAY(60 * 60 * 24),
        HOUR(60 * 60),
        MINUTE(60),
        SECOND(1),
        MILLISECOND(0),
        LAST(1);
        // @formatter:on

        private final long seconds;

        Unit(long seconds) {
            this.seconds = seconds;
        }
    }

    private Times() {}

    /** A time in milliseconds: w d h m s ms. Empty if the text is none, or too big. */
    public static OptionalLong millis(String text) {
        return parse(text, true);
    }

    /** A time in seconds: y M w d h m s. Empty if the text is none, or too big. */
    public static OptionalLong seconds(String text) {
        return parse(text, false);
    }

    /** A time in milliseconds as one would write it. */
    public static String formatMillis(long millis) {
        return millis == 0 ? "0" : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** A time in seconds as one would write it. */
    public static String formatSeconds(long seconds) {
        return seconds == 0 ? "0" : seconds + "s";
    }

    private static OptionalLong parse(String text, boolean millis) {
        // nginx: years and months are for seconds only
        Unit reached = millis ? Unit.MONTH : Unit.START;
        boolean hasDigit = false;
        long total = 0;
        int pos = 0;
        while (pos < text.length()) {
            int digits = pos;
            while (pos < text.length() && text.charAt(pos) >= '0' && text.charAt(pos) <= '9') {
                pos++;
            }
            hasDigit |= pos > digits;
            // nginx: a unit without a number counts as none of it
            var count = pos > digits ? Numbers.parse(text.substring(digits, pos)) : OptionalLong.of(0);
            if (count.isEmpty()) {
                return count;
            }
            Unit unit = Unit.LAST;
            if (pos < text.length()) {
                unit = unit(text, pos, millis);
                if (unit == Unit.START || !follows(unit, reached)) {
                    return OptionalLong.empty();
                }
                reached = unit;
                pos += unit == Unit.MILLISECOND ? 2 : 1;
                while (pos < text.length() && text.charAt(pos) == ' ') {
                    pos++;
                }
            }
            long scale = unit == Unit.MILLISECOND ? 1 : millis ? unit.seconds * 1000 : unit.seconds;
            if (count.getAsLong() > Long.MAX_VALUE / scale || total > Long.MAX_VALUE - count.getAsLong() * scale) {
                return OptionalLong.empty();
            }
            total += count.getAsLong() * scale;
        }
        return hasDigit ? OptionalLong.of(total) : OptionalLong.empty();
    }

    private static boolean follows(Unit unit, Unit reached) {
        return unit == Unit.LAST ? reached.compareTo(Unit.SECOND) < 0 : reached.compareTo(unit) < 0;
    }

    /** The unit at a place, or START if there is none. */
    private static Unit unit(String text, int pos, boolean millis) {
        return switch (text.charAt(pos)) {
            case 'y' -> Unit.YEAR;
            case 'M' -> Unit.MONTH;
            case 'w' -> Unit.WEEK;
            case 'd' -> Unit.DAY;
            case 'h' -> Unit.HOUR;
            case 'm' -> {
                if (!text.startsWith("ms", pos)) {
                    yield Unit.MINUTE;
                }
                yield millis ? Unit.MILLISECOND : Unit.START;
            }
            case 's' -> Unit.SECOND;
            case ' ' -> Unit.LAST;
            default -> Unit.START;
        };
    }
}
