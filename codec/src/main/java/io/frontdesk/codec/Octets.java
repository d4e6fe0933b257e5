package io.frontdesk.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Octet classes and the scan loops over them. Stateless; callable from any thread. The tables are the one place that
 * says
 * what a token or a control character is (RFC 9110 §5.6.2, §5.5).
 */
public final class Octets {
    /** Reads eight octets at once, the first one lowest. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    /** Set in {@link #nameClass} for a token character other than letter, digit and hyphen. */
    public static final int UNUSUAL = 0x80;

    private static final byte[] NAME = nameTable();
    private static final byte[] LOWER = lowerTable();
    private static final byte[] HEX = hexTable();

    private Octets() {}

    /**
     * The lower-case octet of a token character, with {@link #UNUSUAL} added where it applies; 0 for what no token
     * holds.
     */
    public static int nameClass(byte octet) {
        return NAME[octet & 0xff];
    }

    /** The octet with A to Z folded to a to z. */
    public static byte lower(byte octet) {
        return LOWER[octet & 0xff];
    }

    /** The value of a hexadecimal digit, or -1. */
    public static int hexValue(byte octet) {
        return HEX[octet & 0xff];
    }

    /** Whether the octet may stand in a token (RFC 9110 §5.6.2). */
    public static boolean isToken(byte octet) {
        return NAME[octet & 0xff] != 0;
    }

    /** Whether the range is a token: not empty, and token characters only. */
    public static boolean isToken(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (NAME[array[i] & 0xff] == 0) {
                return false;
            }
        }
        return from < to;
    }

    /** The first octet that is not a token character, or {@code to}. */
    public static int endOfToken(byte[] array, int from, int to) {
        int i = from;
        while (i < to && NAME[array[i] & 0xff] != 0) {
            i++;
        }
        return i;
    }

    /** The first octet that is neither letter nor hyphen, or {@code to}: what nearly all field names are made of. */
    public static int endOfPlainName(byte[] array, int from, int to) {
        int p = from;
        while (p + 8 <= to) {
            long word = (long) WORD.get(array, p);
            long folded = word | (ONES * 0x20);
            // sums stay within their octet as long as the high bits are clear, which "folded" below makes sure of
            long low = folded & ~HIGHS;
            long letter = (low + ONES * (0x80 - 'a')) & ~(low + ONES * (0x7f - 'z'));
            long hyphen = ~(((word ^ (ONES * '-')) & ~HIGHS) + ONES * 0x7f);
            long miss = ~((letter | hyphen) & ~word) & HIGHS;
            if (miss != 0) {
                return p + (Long.numberOfTrailingZeros(miss) >>> 3);
            }
            p += 8;
        }
        while (p < to && (((array[p] | 0x20) >= 'a' && (array[p] | 0x20) <= 'z') || array[p] == '-')) {
            p++;
        }
        return p;
    }

    /** The first control character other than tab (RFC 9110 §5.5), or {@code to}. */
    public static int indexOfControl(byte[] array, int from, int to) {
        int p = from;
        while (p + 8 <= to) {
            long word = (long) WORD.get(array, p);
            long del = word ^ ONES * 0x7f;
            long hit = (((word - ONES * 0x20) & ~word) | ((del - ONES) & ~del)) & HIGHS;
            if (hit == 0) {
                p += 8;
                continue;
            }
            // the lowest marked octet is exact: a borrow only marks octets above it
            p += Long.numberOfTrailingZeros(hit) >>> 3;
            if (array[p] != '\t') {
                return p;
            }
            p++;
        }
        for (; p < to; p++) {
            int octet = array[p];
            if ((octet >= 0 && octet < 0x20 && octet != '\t') || octet == 0x7f) {
                return p;
            }
        }
        return to;
    }

    /**
     * The first octet that is not printable ASCII, or a double quote or a backslash, or {@code to}: what comes before can stand between
     * quotes as it is.
     */
    public static int endOfQuotable(byte[] array, int from, int to) {
        int p = from;
        while (p + 8 <= to) {
            long word = (long) WORD.get(array, p);
            // sums stay within their octet
            long low = word & ~HIGHS;
            long plain = (low + ONES * 0x60) & ~(low + ONES) & ((low ^ ONES * '"') + ONES * 0x7f)
                    & ((low ^ ONES * '\\') + ONES * 0x7f) & ~word;
            long miss = ~plain & HIGHS;
            if (miss != 0) {
                return p + (Long.numberOfTrailingZeros(miss) >>> 3);
            }
            p += 8;
        }
        while (p < to && array[p] >= ' ' && array[p] < 0x7f && array[p] != '"' && array[p] != '\\') {
            p++;
        }
        return p;
    }

    /** The first CR, LF or NUL, or {@code to}: what must never reach a field line that we write. */
    public static int indexOfBreak(byte[] array, int from, int to) {
        int p = from;
        while ((p = indexOfControl(array, p, to)) < to) {
            byte octet = array[p];
            if (octet == '\r' || octet == '\n' || octet == 0) {
                return p;
            }
            p++;
        }
        return to;
    }

    /** The first occurrence of an octet, or {@code to}. */
    public static int indexOf(byte octet, byte[] array, int from, int to) {
        int i = from;
        while (i < to && array[i] != octet) {
            i++;
        }
        return i;
    }

    /** Whether two ranges of one length are equal with A to Z folded. */
    public static boolean equalsFolded(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        for (int i = 0; i < length; i++) {
            byte x = a[aFrom + i];
            byte y = b[bFrom + i];
            if (x != y && LOWER[x & 0xff] != LOWER[y & 0xff]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the range equals a text of ASCII, with A to Z folded. */
    public static boolean equalsFolded(byte[] array, int from, int length, String ascii) {
        if (length != ascii.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (LOWER[array[from + i] & 0xff] != LOWER[ascii.charAt(i) & 0xff]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Eight octets from {@code from}, the first one lowest; fewer where {@code length} is less than eight, the rest
     * zero.
     */
    public static long word(byte[] array, int from, int length) {
        if (from + 8 <= array.length) {
            long word = (long) WORD.get(array, from);
            return length >= 8 ? word : word & ((1L << (length << 3)) - 1);
        }
        long word = 0;
        for (int i = Math.min(length, 8) - 1; i >= 0; i--) {
            word = (word << 8) | (array[from + i] & 0xff);
        }
        return word;
    }

    private static byte[] nameTable() {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            if ((i >= 'a' && i <= 'z') || (i >= '0' && i <= '9') || i == '-') {
                table[i] = (byte) i;
            } else if (i >= 'A' && i <= 'Z') {
                table[i] = (byte) (i | 0x20);
            } else if ("!#$%&'*+.^_`|~".indexOf(i) >= 0) {
                table[i] = (byte) (i | UNUSUAL);
            }
        }
        return table;
    }

    private static byte[] lowerTable() {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (i >= 'A' && i <= 'Z' ? i | 0x20 : i);
        }
        return table;
    }

    private static byte[] hexTable() {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) Character.digit(i < 0x80 ? i : 0, 16);
        }
        return table;
    }
}
