package io.frontdesk.engine.response;

import io.frontdesk.codec.Bytes;
import java.util.Arrays;

/**
 * The ranges of an entity that go to the client instead of all of it (RFC 9110 §14): in the order of the request, each
 * within the entity and not empty. Several are sent as {@code multipart/byteranges}; the parts' heads are made here.
 * Owned by its exchange.
 */
public final class Ranges {
    /** What {@link #parse} says. */
    public enum Verdict {
        /** Send the ranges. */
        SATISFIED,
        /** Send all of the entity. */
        IGNORED,
        /** Answer 416. */
        UNSATISFIABLE
    }

    private static final int LAST_BOUNDARY_EXTRA = 8;

    private long[] bounds = new long[4];
    private int count;
    private byte[] partHead = new byte[0];
    private byte[] lastBoundary = new byte[0];
    private long entityLength;

    /** How many ranges there are. */
    public int count() {
        return count;
    }

    /** Where a range begins. */
    public long start(int index) {
        return bounds[index * 2];
    }

    /** Where a range ends: the first byte behind it. */
    public long end(int index) {
        return bounds[index * 2 + 1];
    }

    /** Whether none begins before the end of its predecessor. */
    public boolean isInOrder() {
        for (int i = 1; i < count; i++) {
            if (start(i) < end(i - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of all ranges together. */
    public long total() {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += end(i) - start(i);
        }
        return total;
    }

    /**
     * Reads what stands behind {@code bytes=}.
     *
     * @param max
     *            how many ranges are allowed
     */
    public Verdict parse(byte[] array, int from, int to, long length, int max) {
        count = 0;
        entityLength = length;
        int p = from;
        int left = max;
        while (true) {
            p = spaces(array, p, to);
            boolean suffix = p < to && array[p] == '-';
            long start = 0;
            long end = -1;
            if (!suffix) {
                int digits = p;
                p = digits(array, p, to);
                start = number(array, digits, p);
                if (start < 0) {
                    return Verdict.UNSATISFIABLE;
                }
                p = spaces(array, p, to);
                if (p == to || array[p] != '-') {
                    return Verdict.UNSATISFIABLE;
                }
            }
            p = spaces(array, p + 1, to);
            if (suffix || p < to && array[p] != ',') {
                int digits = p;
                p = digits(array, p, to);
                end = number(array, digits, p);
                if (end < 0) {
                    return Verdict.UNSATISFIABLE;
                }
                p = spaces(array, p, to);
            }
            if (p < to && array[p] != ',') {
                return Verdict.UNSATISFIABLE;
            }
            if (suffix) {
                start = end < length ? length - end : 0;
                end = length - 1;
            }
            end = end < 0 && !suffix || end >= length ? length : end + 1;
            if (start < end) {
                if (left-- == 0) {
                    return Verdict.IGNORED;
                }
                add(start, end);
            } else if (start == 0) {
                // nginx: a range that begins at the start and is empty: the entity is empty
                return Verdict.IGNORED;
            }
            if (p == to) {
                break;
            }
            p++;
        }
        return count == 0 ? Verdict.UNSATISFIABLE : Verdict.SATISFIED;
    }

    private static int spaces(byte[] array, int from, int to) {
        int p = from;
        while (p < to && array[p] == ' ') {
            p++;
        }
        return p;
    }

    private static int digits(byte[] array, int from, int to) {
        int p = from;
        while (p < to && array[p] >= '0' && array[p] <= '9') {
            p++;
        }
        return p;
    }

    /** The number, or -1 where there is none or it is too large. */
    private static long number(byte[] array, int from, int to) {
        if (from == to) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = array[i] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private void add(long start, long end) {
        if (count * 2 == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[count * 2] = start;
        bounds[count * 2 + 1] = end;
        count++;
    }

    /** Makes the heads of the parts; {@code type} is the Content-Type of each, empty for none. */
    public void multipart(String boundary, Bytes type, Bytes charset) {
        Bytes head = new Bytes(128);
        head.write("\r\n--");
        head.write(boundary);
        if (!type.isEmpty()) {
            head.write("\r\nContent-Type: ");
            head.write(type);
            if (!charset.isEmpty()) {
                head.write("; charset=");
                head.write(charset);
            }
        }
        head.write("\r\nContent-Range: bytes ");
        partHead = head.toArray();
        Bytes last = new Bytes(boundary.length() + LAST_BOUNDARY_EXTRA);
        last.write("\r\n--");
        last.write(boundary);
        last.write("--\r\n");
        lastBoundary = last.toArray();
    }

    /** Appends what stands before the bytes of a part. */
    public void appendPartHead(int index, Bytes out) {
        out.write(partHead);
        appendContentRange(index, out);
        out.write("\r\n\r\n");
    }

    /** Appends {@code 0-499/1234}. */
    public void appendContentRange(int index, Bytes out) {
        out.writeDecimal(start(index));
        out.write('-');
        out.writeDecimal(end(index) - 1);
        out.write('/');
        out.writeDecimal(entityLength);
    }

    /** Appends what stands behind the last part. */
    public void appendLastBoundary(Bytes out) {
        out.write(lastBoundary);
    }

    /** The length of the whole multipart body. */
    public long multipartLength() {
        long length = lastBoundary.length;
        Bytes head = new Bytes(128);
        for (int i = 0; i < count; i++) {
            head.clear();
            appendPartHead(i, head);
            length += head.length() + end(i) - start(i);
        }
        return length;
    }
}
