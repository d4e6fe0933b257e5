package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;

/**
 * Reads texts in the code of RFC 7541, appendix B. The code is canonical: codes of one length follow each other in the order of their
 * symbols, so that the lengths say all. Short codes, which nearly all of a header is written in, are looked up; long ones are counted out.
 * Stateless.
 */
final class Huffman {
    /** The length of each symbol's code, from {@code A} for 5 on; the last is that of the end, which no text may hold. */
    private static final String LENGTHS = "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
            + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX"
            + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
            + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWVZ";
    private static final int SYMBOLS = 257;
    private static final int END = 256;
    private static final int LONGEST = 30;
    private static final int SHORT_BITS = 8;
    private static final int FIRST_LONG = 10;

    /** By the next 8 bits: a symbol and, in the low 4 bits, the length of its code; 0 for a longer code. */
    private static final short[] SHORT = new short[1 << SHORT_BITS];
    /** By length: the first code, how many there are, and where their symbols begin. */
    private static final int[] CODE = new int[LONGEST + 1];
    private static final int[] COUNT = new int[LONGEST + 1];
    private static final int[] AT = new int[LONGEST + 1];
    private static final short[] ORDER = new short[SYMBOLS];

    static {
        int code = 0;
        int at = 0;
        for (int length = 5; length <= LONGEST; length++) {
            code <<= 1;
            CODE[length] = code;
            AT[length] = at;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (LENGTHS.charAt(symbol) - 'A' + 5 != length) {
                    continue;
                }
                ORDER[at++] = (short) symbol;
                if (length <= SHORT_BITS) {
                    int free = SHORT_BITS - length;
                    for (int rest = 0; rest < 1 << free; rest++) {
                        SHORT[code << free | rest] = (short) (symbol << 4 | length);
                    }
                }
                code++;
            }
            COUNT[length] = at - AT[length];
        }
    }

    private Huffman() {}

    /** Appends the text that a range holds; false when it is none, with some of it appended. */
    static boolean decode(byte[] array, int from, int to, Bytes out) {
        long bits = 0;
        int count = 0;
        int at = from;
        while (true) {
            while (count <= 32 && at < to) {
                bits = bits << 8 | array[at++] & 0xff;
                count += 8;
            }
            if (count < SHORT_BITS) {
                return decodeRest((int) bits & (1 << count) - 1, count, out);
            }
            int known = SHORT[(int) (bits >>> count - SHORT_BITS) & 0xff];
            if (known != 0) {
                out.write(known >> 4);
                count -= known & 15;
                continue;
            }
            if (count == SHORT_BITS && (bits & 0xff) == 0xff) {
                return true; // nginx: a whole byte of padding is one too many, and does no harm
            }
            int length = longCode(bits, count, out);
            if (length == 0) {
                return false;
            }
            count -= length;
        }
    }

    /** Fewer than 8 bits: perhaps a symbol or so, and then ones (RFC 7541 §5.2). */
    private static boolean decodeRest(int rest, int restCount, Bytes out) {
        int bits = rest;
        int count = restCount;
        while (count > 0) {
            int missing = SHORT_BITS - count;
            int known = SHORT[bits << missing | (1 << missing) - 1];
            int length = known & 15;
            if (known == 0 || length > count) {
                return bits == (1 << count) - 1;
            }
            out.write(known >> 4);
            count -= length;
            bits &= (1 << count) - 1;
        }
        return true;
    }

    /** A code of 10 bits or more: its length, or 0 when there is no such code. */
    private static int longCode(long bits, int count, Bytes out) {
        for (int length = FIRST_LONG; length <= LONGEST && length <= count; length++) {
            int code = (int) (bits >>> count - length) & (1 << length) - 1;
            int index = code - CODE[length];
            if (index >= 0 && index < COUNT[length]) {
                int symbol = ORDER[AT[length] + index];
                if (symbol == END) {
                    return 0;
                }
                out.write(symbol);
                return length;
            }
        }
        return 0;
    }
}
