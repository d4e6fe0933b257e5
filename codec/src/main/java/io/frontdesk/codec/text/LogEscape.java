package io.frontdesk.codec.text;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;

/** Escaping of values in access and error logs: {@code escape=default}, {@code json} and {@code none}. Immutable. */
public enum LogEscape {
    /** Quote, backslash, controls and all from 0x7f on as {@code \xHH}. */
    DEFAULT {
        @Override
        boolean keeps(int octet) {
            return octet >= ' ' && octet < 0x7f && octet != '"' && octet != '\\';
        }

        @Override
        void append(int octet, Bytes out) {
            out.write('\\');
            out.write('x');
            out.writeHexPair(octet);
        }
    },
    /** What a JSON string must not hold. */
    JSON {
        @Override
        boolean keeps(int octet) {
            return octet >= ' ' && octet != '"' && octet != '\\';
        }

        @Override
        void append(int octet, Bytes out) {
            out.write('\\');
            switch (octet) {
                case '\n' -> out.write('n');
                case '\r' -> out.write('r');
                case '\t' -> out.write('t');
                case '\b' -> out.write('b');
                case '\f' -> out.write('f');
                case '"', '\\' -> out.write(octet);
                default -> {
                    out.write("u00");
                    out.writeHexPair(octet);
                }
            }
        }
    },
    /** Nothing. */
    NONE {
        @Override
        boolean keeps(int octet) {
            return true;
        }

        @Override
        void append(int octet, Bytes out) {
            out.write(octet);
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // never written to again
    private final boolean[] kept = new boolean[256];

    LogEscape() {
        for (int i = 0; i < 256; i++) {
            kept[i] = keeps(i);
        }
    }

    abstract boolean keeps(int octet);

    abstract void append(int octet, Bytes out);

    /** Appends the escaped form. */
    public void escape(byte[] array, int offset, int length, Bytes out) {
        out.ensure(length);
        int from = offset;
        int end = offset + length;
        for (int i = firstEscaped(array, offset, end); i < end; i = firstEscaped(array, from, end)) {
            out.write(array, from, i - from);
            append(array[i] & 0xff, out);
            from = i + 1;
        }
        out.write(array, from, end - from);
    }

    /** The first octet that does not stay as it is, or {@code to}. */
    public int firstEscaped(byte[] array, int from, int to) {
        if (this == NONE) {
            return to;
        }
        int i = from;
        while ((i = Octets.endOfQuotable(array, i, to)) < to && kept[array[i] & 0xff]) {
            i++;
        }
        return i;
    }

    /** Appends the escaped form of a text, one byte a char. */
    public void escape(String latin1, Bytes out) {
        int from = 0;
        for (int i = 0; i < latin1.length(); i++) {
            int octet = latin1.charAt(i) & 0xff;
            if (!kept[octet]) {
                out.write(latin1, from, i);
                append(octet, out);
                from = i + 1;
            }
        }
        out.write(latin1, from, latin1.length());
    }
}
