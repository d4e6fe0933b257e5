package io.frontdesk.codec.http;

import io.frontdesk.codec.Bytes;
import java.nio.charset.StandardCharsets;

/** HTTP dates (RFC 9110 §5.6.7): reads the three forms, writes the preferred one. Stateless, allocates nothing. */
public final class HttpDate {
    /** What {@link #parse} gives for what is no date. */
    public static final long INVALID = Long.MIN_VALUE;
    /** How many bytes {@link #format} writes. */
    public static final int LENGTH = 29;

    private static final byte[] DAYS = ascii("SunMonTueWedThuFriSat");
    private static final byte[] MONTHS = ascii("JanFebMarAprMayJunJulAugSepOctNovDec");
    private static final byte[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private HttpDate() {}

    /** Seconds since 1970, or {@link #INVALID}. */
    public static long parse(byte[] array, int offset, int length) {
        int end = offset + length;
        int p = offset;
        while (p < end && array[p] != ',' && array[p] != ' ') {
            p++;
        }
        if (p == end) {
            return INVALID;
        }
        boolean asctime = array[p] == ' ';
        while (++p < end && array[p] == ' ') {
            // between the day name and what follows
        }
        return asctime ? parseAsctime(array, p, end) : parseComma(array, p, end);
    }

    // 06 Nov 1994 08:49:37 GMT, 06-Nov-94 08:49:37 GMT; nginx: what follows the seconds is not looked at
    private static long parseComma(byte[] a, int p, int end) {
        if (end - p < 18) {
            return INVALID;
        }
        byte separator = a[p + 2];
        if ((separator != ' ' && separator != '-') || a[p + 6] != separator) {
            return INVALID;
        }
        boolean full = separator == ' ';
        int time = p + (full ? 12 : 10);
        if (end - time < 8 || a[time - 1] != ' ') {
            return INVALID;
        }
        int year = full ? number(a, p + 7, 4) : number(a, p + 7, 2);
        if (!full && year >= 0) {
            // RFC 9110 §5.6.7: two digits mean the nearest past; nginx: under 70 is 20xx
            year += year < 70 ? 2000 : 1900;
        }
        return seconds(year, month(a, p + 3), number(a, p, 2), a, time);
    }

    // Nov 6 08:49:37 1994
    private static long parseAsctime(byte[] a, int p, int end) {
        if (end - p < 20 || a[p + 3] != ' ' || a[p + 6] != ' ' || a[p + 15] != ' ') {
            return INVALID;
        }
        int day = a[p + 4] == ' ' ? number(a, p + 5, 1) : number(a, p + 4, 2);
        return seconds(number(a, p + 16, 4), month(a, p), day, a, p + 7);
    }

    private static long seconds(int year, int month, int day, byte[] a, int time) {
        int hour = number(a, time, 2);
        int minute = number(a, time + 3, 2);
        int second = number(a, time + 6, 2);
        if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0 || a[time + 2] != ':'
                || a[time + 5] != ':' || hour > 23 || minute > 59 || second > 59 || day > MONTH_DAYS[month - 1]
                || (month == 2 && day == 29 && !isLeap(year))) {
            return INVALID;
        }
        return (daysFromCivil(year, month, day) * 24 + hour) * 3600 + minute * 60L + second;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int number(byte[] a, int p, int digits) {
        int number = 0;
        for (int i = p; i < p + digits; i++) {
            int digit = a[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int month(byte[] a, int p) {
        for (int i = 0; i < 12; i++) {
            if (a[p] == MONTHS[i * 3] && a[p + 1] == MONTHS[i * 3 + 1] && a[p + 2] == MONTHS[i * 3 + 2]) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Days from 1970 to a date of the Gregorian calendar; months from 1. */
    private static long daysFromCivil(int year, int month, int day) {
        // years begin in March here, so that the leap day is the last
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146097L + dayOfEra - 719468;
    }

    /** Appends {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    public static void format(long epochSeconds, Bytes out) {
        long days = Math.floorDiv(epochSeconds, 86400L);
        int second = (int) (epochSeconds - days * 86400);
        long z = days + 719468;
        long era = Math.floorDiv(z, 146097L);
        int dayOfEra = (int) (z - era * 146097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        out.ensure(LENGTH);
        out.write(DAYS, (int) Math.floorMod(days + 4, 7L) * 3, 3);
        out.write(", ");
        out.writeDecimal(day, 2);
        out.write(' ');
        out.write(MONTHS, (month - 1) * 3, 3);
        out.write(' ');
        out.writeDecimal((int) year, 4);
        out.write(' ');
        out.writeDecimal(second / 3600, 2);
        out.write(':');
        out.writeDecimal(second / 60 % 60, 2);
        out.write(':');
        out.writeDecimal(second % 60, 2);
        out.write(" GMT");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
