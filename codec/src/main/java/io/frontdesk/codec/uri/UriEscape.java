package io.frontdesk.codec.uri;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;

/** Percent-encoding with nginx's sets of characters, and decoding. Each constant is one set. Immutable. */
public enum UriEscape {
    /** A path: for {@code $uri} on its way to an upstream or into Location. */
    URI("\"#%<>?\\^`{|}", "", true),
    /** A captured value on its way into arguments. */
    ARGS("\"#%&+;<>?\\^`{|}", "", true),
    /** One component of a URI: all but unreserved characters (RFC 3986 §2.3). */
    COMPONENT("!\"#$%&'()*+,/:;<=>?@[\\]^`{|}", "", true),
    /** A URI inside an HTML attribute. */
    HTML("\"#%'<>\\^`{|}", "", true),
    /** A URI inside the Refresh of an HTML page. */
    REFRESH("\"'<>\\^`{|~", "", true),
    /** A memcached key. */
    MEMCACHED("%", "\u007f", false);

    @SuppressWarnings("ImmutableEnumChecker") // never written to again
    private final boolean[] escaped = new boolean[256];

    UriEscape(String escaped, String kept, boolean high) {
        for (int i = 0; i < 256; i++) {
            boolean outside = i <= ' ' || i == 0x7f || (i > 0x7f && high);
            this.escaped[i] = (outside || escaped.indexOf(i) >= 0) && kept.indexOf(i) < 0;
        }
    }

    /** Whether this set encodes the octet. */
    public boolean isEscaped(int octet) {
        return escaped[octet & 0xff];
    }

    /** Whether {@link #escape} would change anything. */
    public boolean changes(byte[] array, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (escaped[array[i] & 0xff]) {
                return true;
            }
        }
        return false;
    }

    /** Appends the encoded form. */
    public void escape(byte[] array, int offset, int length, Bytes out) {
        out.ensure(length);
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (escaped[array[i] & 0xff]) {
                out.write(array, from, i - from);
                out.write('%');
                out.writeHexPair(array[i]);
                from = i + 1;
            }
        }
        out.write(array, from, end - from);
    }

    /** The encoded form of a text, one byte a char. */
    public String escape(String latin1) {
        Bytes in = Bytes.of(latin1);
        if (!changes(in.array(), 0, in.length())) {
            return latin1;
        }
        Bytes out = new Bytes(latin1.length() * 2);
        escape(in.array(), 0, in.length(), out);
        return out.toString();
    }

    /** Appends the decoded form; as nginx, a percent sign that encodes nothing is dropped with what it spoiled. */
    public static void unescape(byte[] array, int offset, int length, Bytes out) {
        unescape(array, offset, length, false, out);
    }

    /**
     * As {@link #unescape}, but only up to a {@code ?} in the input, which is where the path ends; gives what was read.
     */
    public static int unescapePath(byte[] array, int offset, int length, Bytes out) {
        return unescape(array, offset, length, true, out);
    }

    private static int unescape(byte[] array, int offset, int length, boolean path, Bytes out) {
        int end = offset + length;
        out.ensure(length);
        int i = offset;
        while (i < end) {
            byte octet = array[i];
            if (octet == '?' && path) {
                return i - offset;
            }
            if (octet != '%') {
                out.write(octet);
                i++;
                continue;
            }
            int value = UriNormalizer.decode(array, i, end);
            if (value >= 0) {
                out.write(value);
                i += 3;
            } else if (i + 1 < end && Octets.hexValue(array[i + 1]) < 0) {
                out.write(array[i + 1]);
                i += 2;
            } else {
                i += 3;
            }
        }
        return length;
    }
}
