package io.frontdesk.modules.ssi;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A time in the form that {@code config timefmt} asks for: strftime(3) in the C locale. Stateless. */
final class SsiDate {
    /** What is used where nothing was asked for. */
    static final String USUAL = "%A, %d-%b-%Y %H:%M:%S %Z";
    /** nginx's own limit. */
    private static final int MAX_LENGTH = 2048;

    private SsiDate() {}

    static String format(String form, long seconds, boolean gmt) {
        if (form.equals("%s")) {
            return Long.toString(seconds);
        }
        ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(gmt ? ZoneOffset.UTC : ZoneId.systemDefault());
        StringBuilder out = new StringBuilder();
        append(form, time, gmt, out);
        return out.length() >= MAX_LENGTH ? "" : out.toString();
    }

    private static void append(String form, ZonedDateTime time, boolean gmt, StringBuilder out) {
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            if (c != '%' || i + 1 == form.length()) {
                out.append(c);
                continue;
            }
            char field = form.charAt(++i);
            if ((field == 'E' || field == 'O') && i + 1 < form.length()) {
                field = form.charAt(++i);
            }
            if (!field(field, time, gmt, out)) {
                out.append('%').append(field);
            }
        }
    }

    private static boolean field(char field, ZonedDateTime time, boolean gmt, StringBuilder out) {
        switch (field) {
            case 'a' -> out.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case 'A' -> out.append(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case 'b', 'h' -> out.append(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case 'B' -> out.append(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case 'c' -> append("%a %b %e %H:%M:%S %Y", time, gmt, out);
            case 'C' -> two(time.getYear() / 100, out);
            case 'd' -> two(time.getDayOfMonth(), out);
            case 'D', 'x' -> append("%m/%d/%y", time, gmt, out);
            case 'e' -> spaced(time.getDayOfMonth(), out);
            case 'F' -> append("%Y-%m-%d", time, gmt, out);
            case 'g' -> two(time.get(IsoFields.WEEK_BASED_YEAR) % 100, out);
            case 'G' -> out.append(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> two(time.getHour(), out);
            case 'I' -> two(hour12(time), out);
            case 'j' -> out.append(String.format(Locale.ROOT, "%03d", time.getDayOfYear()));
            case 'k' -> spaced(time.getHour(), out);
            case 'l' -> spaced(hour12(time), out);
            case 'm' -> two(time.getMonthValue(), out);
            case 'M' -> two(time.getMinute(), out);
            case 'n' -> out.append('\n');
            case 'p' -> out.append(time.getHour() < 12 ? "AM" : "PM");
            case 'P' -> out.append(time.getHour() < 12 ? "am" : "pm");
            case 'r' -> append("%I:%M:%S %p", time, gmt, out);
            case 'R' -> append("%H:%M", time, gmt, out);
            case 's' -> out.append(time.toEpochSecond());
            case 'S' -> two(time.getSecond(), out);
            case 't' -> out.append('\t');
            case 'T', 'X' -> append("%H:%M:%S", time, gmt, out);
            case 'u' -> out.append(time.getDayOfWeek().getValue());
            case 'U' -> two((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, out);
            case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), out);
            case 'w' -> out.append(time.getDayOfWeek().getValue() % 7);
            case 'W' -> two((time.getDayOfYear() + 6 - (time.getDayOfWeek().getValue() + 6) % 7) / 7, out);
            case 'y' -> two(time.getYear() % 100, out);
            case 'Y' -> out.append(time.getYear());
            case 'z' -> offset(time, out);
            case 'Z' -> out.append(gmt
                    ? "GMT"
                    : java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time));
            case '%' -> out.append('%');
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int hour12(ZonedDateTime time) {
        int hour = time.getHour() % 12;
        return hour == 0 ? 12 : hour;
    }

    private static void two(int number, StringBuilder out) {
        out.append(number < 10 ? "0" : "").append(number);
    }

    private static void spaced(int number, StringBuilder out) {
        out.append(number < 10 ? " " : "").append(number);
    }

    private static void offset(ZonedDateTime time, StringBuilder out) {
        int minutes = time.getOffset().getTotalSeconds() / 60;
        out.append(minutes < 0 ? '-' : '+');
        two(Math.abs(minutes) / 60, out);
        two(Math.abs(minutes) % 60, out);
    }
}
