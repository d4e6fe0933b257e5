package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header block (RFC 7541) of a peer that we have told to keep no dynamic table, as nginx does for its upstreams: a block means the
 * same whatever came before it, nothing is kept between blocks, and a block can't be much larger than it looks. Reused; one thread.
 */
public final class HeaderBlock {
    /** What {@link #next} found. */
    public enum Found {
        /** A field. */
        FIELD,
        /** The end of the block. */
        END,
        /** No field: {@link #complaint} says why. */
        BAD
    }

    private byte[] block = new byte[0];
    private int at;
    private int end;
    private int limit;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueLength;
    private boolean anyField;
    private @Nullable String complaint;

    /** Begins with a block; names and values together may have so many bytes. */
    public void start(byte[] array, int from, int to, int limitBytes) {
        block = array;
        at = from;
        end = to;
        limit = limitBytes;
        anyField = false;
        complaint = null;
    }

    /** Reads the next field, and appends name and value to {@code out}. */
    public Found next(Bytes out) {
        while (at < end) {
            int first = block[at] & 0xff;
            if (first >= 0x80) {
                int number = number(7);
                return number < 0 || number == 0 || number > StaticFields.SIZE
                        ? refuse("invalid http2 table index: " + Math.max(number, 0))
                        : indexed(number, out);
            }
            if (first >= 0x20 && first < 0x40) {
                int size = number(5);
                // RFC 7541 §4.2: it comes before the fields, and is no larger than we have allowed
                if (size != 0 || anyField) {
                    return refuse("invalid http2 dynamic table size update: " + size);
                }
                continue;
            }
            return literal(number(first >= 0x40 ? 6 : 4), out);
        }
        return Found.END;
    }

    private Found indexed(int number, Bytes out) {
        nameOffset = out.length();
        out.write(StaticFields.name(number));
        nameLength = out.length() - nameOffset;
        valueOffset = out.length();
        out.write(StaticFields.value(number));
        valueLength = out.length() - valueOffset;
        return counted();
    }

    private Found literal(int number, Bytes out) {
        if (number < 0 || number > StaticFields.SIZE) {
            return refuse("invalid http2 table index: " + Math.max(number, 0));
        }
        nameOffset = out.length();
        if (number > 0) {
            out.write(StaticFields.name(number));
        } else if (!text("name", out)) {
            return Found.BAD;
        }
        nameLength = out.length() - nameOffset;
        if (nameLength == 0) {
            return refuse("zero http2 header name length");
        }
        valueOffset = out.length();
        if (!text("value", out)) {
            return Found.BAD;
        }
        valueLength = out.length() - valueOffset;
        return counted();
    }

    private Found counted() {
        anyField = true;
        limit -= nameLength + valueLength;
        return limit < 0 ? refuse("too large http2 header") : Found.FIELD;
    }

    private boolean text(String what, Bytes out) {
        if (at == end) {
            refuse("truncated http2 header");
            return false;
        }
        boolean coded = block[at] < 0;
        int length = number(7);
        if (length < 0 || length > limit) {
            refuse("too large http2 header " + what + " length" + (length < 0 ? "" : ": " + length));
            return false;
        }
        if (length > end - at) {
            refuse("truncated http2 header");
            return false;
        }
        if (!coded) {
            out.write(block, at, length);
        } else if (!Huffman.decode(block, at, at + length, out)) {
            refuse("invalid encoded header");
            return false;
        }
        at += length;
        return true;
    }

    /** A number whose first byte has so many bits of it (RFC 7541 §5.1); -1 when it is cut off, or larger than any of ours. */
    private int number(int bits) {
        int mask = (1 << bits) - 1;
        int value = block[at++] & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; shift <= 21 && at < end; shift += 7) {
            int octet = block[at++];
            value += (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        return -1;
    }

    private Found refuse(String why) {
        complaint = "upstream sent " + why;
        return Found.BAD;
    }

    /** Where the field's name lies in the bytes that it was appended to. */
    public int nameOffset() {
        return nameOffset;
    }

    /** How long it is. */
    public int nameLength() {
        return nameLength;
    }

    /** Where its value lies. */
    public int valueOffset() {
        return valueOffset;
    }

    /** How long that is. */
    public int valueLength() {
        return valueLength;
    }

    /** What is wrong with the block. */
    public String complaint() {
        return String.valueOf(complaint);
    }
}
