package io.frontdesk.codec.uri;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;

/**
 * Turns the path of a request target into the path that locations are matched with: percent-decoded once, {@code .} and
 * {@code ..} resolved, slashes merged where wanted. An encoded slash or dot counts as a plain one; an encoded
 * {@code ?},
 * {@code #} or {@code %} is data. nginx: as its "complex URI". Stateless, allocates nothing.
 */
public final class UriNormalizer {
    private UriNormalizer() {}

    /** Whether a path may differ from its normal form, so that {@link #normalize} must look. */
    public static boolean isComplex(byte[] array, int offset, int length) {
        byte before = 0;
        for (int i = offset; i < offset + length; i++) {
            byte octet = array[i];
            if (octet == '%' || (before == '/' && (octet == '/' || octet == '.'))) {
                return true;
            }
            before = octet;
        }
        return false;
    }

    /**
     * Appends the normal form of a path that begins with a slash and holds no query.
     *
     * <p>An encoded NUL is data, and stays encoded in all that we write; what opens files or hands the path to others as a
     * string must refuse it. After dots alone it is refused here: who stops at NUL would see a dot segment.
     *
     * @return false when a percent sign is not followed by two hexadecimal digits, when a NUL follows dots, and when
     *         {@code ..} goes above the root; what was appended then means nothing
     */
    public static boolean normalize(byte[] array, int offset, int length, boolean mergeSlashes, Bytes out) {
        int base = out.length();
        int segment = base;
        int end = offset + length;
        out.ensure(length);
        for (int i = offset; i < end; i++) {
            byte octet = array[i];
            if (octet == '%') {
                int value = decode(array, i, end);
                if (value < 0 || (value == 0 && isDots(out, segment))) {
                    return false;
                }
                octet = (byte) value;
                i += 2;
            }
            if (octet != '/') {
                out.write(octet);
                continue;
            }
            if (out.length() > base) {
                int dots = dots(out, segment);
                if (dots > 0) {
                    segment = resolve(out, base, segment, dots);
                    if (segment < 0) {
                        return false;
                    }
                    continue;
                }
                if (mergeSlashes && out.length() == segment) {
                    continue;
                }
            }
            out.write('/');
            segment = out.length();
        }
        int dots = dots(out, segment);
        return dots == 0 || resolve(out, base, segment, dots) >= 0;
    }

    /** The octet that a percent sign encodes, or -1. */
    static int decode(byte[] array, int percent, int end) {
        if (end - percent < 3) {
            return -1;
        }
        int high = Octets.hexValue(array[percent + 1]);
        int low = Octets.hexValue(array[percent + 2]);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private static boolean isDots(Bytes out, int segment) {
        int i = segment;
        while (i < out.length() && out.get(i) == '.') {
            i++;
        }
        return i == out.length() && i > segment;
    }

    private static int dots(Bytes out, int segment) {
        int length = out.length() - segment;
        if (length == 1 && out.get(segment) == '.') {
            return 1;
        }
        return length == 2 && out.get(segment) == '.' && out.get(segment + 1) == '.' ? 2 : 0;
    }

    /**
     * Takes a dot segment off the end, with the segment before it when there are two dots; gives where the next begins.
     */
    private static int resolve(Bytes out, int base, int segment, int dots) {
        int to = segment;
        if (dots == 2) {
            to = segment - 1;
            while (to > base && out.get(to - 1) != '/') {
                to--;
            }
            if (to <= base) {
                return -1;
            }
        }
        out.truncate(to);
        return to;
    }
}
