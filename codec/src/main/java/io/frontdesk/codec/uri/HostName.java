package io.frontdesk.codec.uri;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;

/**
 * Validates an authority without user part: {@code host}, {@code host:port}, {@code [IPv6]:port} (RFC 9110 §7.2), and
 * brings the host to the form that servers are chosen by: lower case, no port, no trailing dot. Stateless, allocates
 * nothing.
 */
public final class HostName {
    /** What {@link #parse} gives for what is no authority. */
    public static final int INVALID = -1;

    private static final byte[] HOST = hostTable();

    private HostName() {}

    /**
     * Appends the host in its normal form.
     *
     * @return the port, 0 when there is none or an empty one, {@link #INVALID} when the bytes are no authority
     */
    public static int parse(byte[] array, int offset, int length, Bytes out) {
        int end = offset + length;
        int start = out.length();
        if (length > 0 && array[offset] == '[') {
            int close = Octets.indexOf((byte) ']', array, offset, end);
            if (close == end || !isIpv6(array, offset + 1, close) && !isIpFuture(array, offset + 1, close)) {
                return INVALID;
            }
            out.ensure(close + 1 - offset);
            for (int i = offset; i <= close; i++) {
                out.write(Octets.lower(array[i]));
            }
            return port(array, close + 1, end);
        }
        out.ensure(length);
        byte[] host = out.array();
        int at = start;
        int i = offset;
        byte before = 0;
        for (; i < end; i++) {
            byte octet = HOST[array[i] & 0xff];
            if (octet == 0 || (octet == '.' && before == '.')) {
                break;
            }
            host[at++] = octet;
            before = octet;
        }
        if (before == '.') {
            at--;
        }
        out.reserve(at - start);
        // nginx: a host of nothing but a dot, or of nothing, is invalid
        return at == start ? INVALID : port(array, i, end);
    }

    private static int port(byte[] array, int from, int end) {
        if (from == end) {
            return 0;
        }
        if (array[from] != ':') {
            return INVALID;
        }
        int port = 0;
        for (int i = from + 1; i < end; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            port = port * 10 + digit;
            if (port > 65535) {
                return INVALID;
            }
        }
        return port;
    }

    /** Whether the range is an IPv6 address as text (RFC 4291 §2.2), without a zone. */
    public static boolean isIpv6(byte[] array, int from, int to) {
        int groups = 0;
        boolean compressed = false;
        int i = from;
        if (to - from >= 2 && array[from] == ':' && array[from + 1] == ':') {
            compressed = true;
            i = from + 2;
        }
        while (i < to) {
            int digits = i;
            while (i < to && i - digits < 5 && Octets.hexValue(array[i]) >= 0) {
                i++;
            }
            if (i < to && array[i] == '.') {
                return isIpv4(array, digits, to) && fits(groups + 2, compressed);
            }
            if (i == digits || i - digits > 4) {
                return false;
            }
            groups++;
            if (i == to) {
                break;
            }
            if (array[i++] != ':' || i == to) {
                return false;
            }
            if (array[i] == ':') {
                if (compressed) {
                    return false;
                }
                compressed = true;
                i++;
            }
        }
        return fits(groups, compressed);
    }

    /** Whether the range is an address of a version to come (RFC 3986 §3.2.2). */
    private static boolean isIpFuture(byte[] array, int from, int to) {
        if (from == to || Octets.lower(array[from]) != 'v') {
            return false;
        }
        int dot = from + 1;
        while (dot < to && Octets.hexValue(array[dot]) >= 0) {
            dot++;
        }
        if (dot == from + 1 || dot + 1 >= to || array[dot] != '.') {
            return false;
        }
        for (int i = dot + 1; i < to; i++) {
            if (array[i] != ':' && (array[i] == '%' || HOST[array[i] & 0xff] == 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(int groups, boolean compressed) {
        return compressed ? groups < 8 : groups == 8;
    }

    private static boolean isIpv4(byte[] array, int from, int to) {
        int parts = 0;
        int i = from;
        while (i < to) {
            int digits = i;
            int value = 0;
            while (i < to && i - digits < 3 && array[i] >= '0' && array[i] <= '9') {
                value = value * 10 + array[i++] - '0';
            }
            if (i == digits || value > 255 || (array[digits] == '0' && i - digits > 1)) {
                return false;
            }
            parts++;
            if (i == to) {
                return parts == 4;
            }
            if (array[i++] != '.') {
                return false;
            }
        }
        return false;
    }

    /** What a registered name may hold, letters in lower case (RFC 3986 §3.2.2). */
    private static byte[] hostTable() {
        byte[] table = new byte[256];
        String others = "-._~!$&'()*+,;=%";
        for (int i = 0; i < 128; i++) {
            if (Character.isLetterOrDigit(i) || others.indexOf(i) >= 0) {
                table[i] = Octets.lower((byte) i);
            }
        }
        return table;
    }
}
