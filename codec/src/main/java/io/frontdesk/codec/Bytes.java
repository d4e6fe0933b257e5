package io.frontdesk.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growable byte array that is written at its end and read anywhere. Reused: {@link #clear} keeps the array, so that a
 * steady state allocates nothing. Text goes in and out as ISO-8859-1, one char one byte. Owned by one thread at a time.
 */
public final class Bytes {
    /** The largest size where the caller names none. */
    public static final int DEFAULT_MAX = 16 << 20;

    private static final byte[] EMPTY = {};
    private static final byte[] HEX_LOWER = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] HEX_UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);

    private byte[] array;
    private int length;
    private final int maxCapacity;

    /** An empty one that takes memory on the first write. */
    public Bytes() {
        this(0, DEFAULT_MAX);
    }

    /** An empty one with room for {@code capacity} bytes. */
    public Bytes(int capacity) {
        this(capacity, Math.max(capacity, DEFAULT_MAX));
    }

    /** An empty one that never grows over {@code maxCapacity}. */
    public Bytes(int capacity, int maxCapacity) {
        this.array = capacity == 0 ? EMPTY : new byte[capacity];
        this.maxCapacity = maxCapacity;
    }

    /** A new one that holds the text. */
    public static Bytes of(String latin1) {
        Bytes bytes = new Bytes(latin1.length());
        bytes.write(latin1);
        return bytes;
    }

    /** The array behind; only the first {@link #length} bytes mean something, and only until the next write. */
    public byte[] array() {
        return array;
    }

    /** How many bytes are written. */
    public int length() {
        return length;
    }

    /** Whether nothing is written. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** How many bytes the array behind has. */
    public int capacity() {
        return array.length;
    }

    /** The byte at an index below {@link #length}. */
    public byte get(int index) {
        return array[index];
    }

    /** Replaces the byte at an index below {@link #length}. */
    public void set(int index, int octet) {
        array[index] = (byte) octet;
    }

    /** Forgets all bytes, keeps the memory. */
    public void clear() {
        length = 0;
    }

    /**
     * Forgets all bytes, and the memory too when it is over {@code capacity}: for buffers that outlive one large
     * message.
     */
    public void clear(int capacity) {
        length = 0;
        if (array.length > capacity) {
            array = EMPTY;
        }
    }

    /** Lets go of memory behind the last byte: for what will stay as it is for long. */
    public void trim() {
        if (array.length > length) {
            array = length == 0 ? EMPTY : Arrays.copyOf(array, length);
        }
    }

    /** Forgets what follows the first {@code newLength} bytes. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IndexOutOfBoundsException(newLength);
        }
        length = newLength;
    }

    /**
     * Makes room for so many bytes more.
     *
     * @throws CapacityExceeded
     *             when they do not fit below the maximum
     */
    public void ensure(int more) {
        if (more > array.length - length) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) length + more;
        if (needed > maxCapacity) {
            throw new CapacityExceeded(needed, maxCapacity);
        }
        long doubled = Math.max(64L, array.length * 2L);
        array = Arrays.copyOf(array, (int) Math.min(Math.max(doubled, needed), maxCapacity));
    }

    /**
     * Makes so many bytes more part of the content, for the caller to write into {@link #array}; gives where they
     * begin.
     */
    public int reserve(int count) {
        ensure(count);
        int start = length;
        length += count;
        return start;
    }

    /** Writes one byte: the low eight bits. */
    public void write(int octet) {
        if (length == array.length) {
            grow(1);
        }
        array[length++] = (byte) octet;
    }

    /** Writes a whole array. */
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    /** Writes a part of an array, which may be this one's own. */
    public void write(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, array, length, count);
        length += count;
    }

    /** Writes all that another one holds. */
    public void write(Bytes other) {
        write(other.array, 0, other.length);
    }

    /** Writes a text, one byte a char. */
    public void write(String latin1) {
        write(latin1, 0, latin1.length());
    }

    /** Writes a part of a text, one byte a char. */
    @SuppressWarnings("deprecation") // the only copy without a charset encoder; the high byte of a char is meant to go
    public void write(String latin1, int from, int to) {
        ensure(to - from);
        latin1.getBytes(from, to, array, length);
        length += to - from;
    }

    /** Takes so many readable bytes out of a buffer. */
    public void take(ByteBuf source, int count) {
        ensure(count);
        source.readBytes(array, length, count);
        length += count;
    }

    /** Writes CR LF. */
    public void writeCrlf() {
        ensure(2);
        array[length] = '\r';
        array[length + 1] = '\n';
        length += 2;
    }

    /** Writes a number in decimal. */
    public void writeDecimal(long number) {
        ensure(20);
        long rest = number;
        if (rest < 0) {
            if (rest == Long.MIN_VALUE) {
                write("-9223372036854775808");
                return;
            }
            array[length++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
            digits++;
        }
        for (int i = length + digits - 1; i >= length; i--) {
            long quotient = rest / 10;
            array[i] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        }
        length += digits;
    }

    /** Writes a number as so many decimal digits, with zeros before it. */
    public void writeDecimal(int number, int digits) {
        ensure(digits);
        int rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            array[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** Writes a number, taken as unsigned, in hexadecimal without zeros before it. */
    public void writeHexLower(long number) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(number)) >>> 2);
        ensure(digits);
        for (int shift = (digits - 1) << 2; shift >= 0; shift -= 4) {
            array[length++] = HEX_LOWER[(int) (number >>> shift) & 15];
        }
    }

    /** Writes the two upper-case hexadecimal digits of a byte. */
    public void writeHexPair(int octet) {
        ensure(2);
        array[length++] = HEX_UPPER[octet >>> 4 & 15];
        array[length++] = HEX_UPPER[octet & 15];
    }

    /** Appends all to a buffer. */
    public void copyTo(ByteBuf target) {
        target.writeBytes(array, 0, length);
    }

    /** A new array with exactly the bytes written. */
    public byte[] toArray() {
        return Arrays.copyOf(array, length);
    }

    /** A part as text, one char a byte. */
    public String string(int offset, int count) {
        return new String(array, offset, count, StandardCharsets.ISO_8859_1);
    }

    /** All as text, one char a byte. */
    @Override
    public String toString() {
        return string(0, length);
    }

    /**
     * More was written than the maximum of a {@link Bytes}: the limit that should have come before is missing, so a
     * bug.
     */
    public static final class CapacityExceeded extends IllegalStateException {
        private static final long serialVersionUID = 1;

        CapacityExceeded(long needed, int maxCapacity) {
            super(needed + " bytes needed, at most " + maxCapacity + " allowed");
        }
    }
}
