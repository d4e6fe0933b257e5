package io.frontdesk.net;

import org.jspecify.annotations.Nullable;

/**
 * Internet addresses as text, read strictly and printed as nginx prints them: RFC 5952, with the last 32 bits in decimal where
 * the address holds an IPv4 address. Stateless.
 */
final class IpText {
    private static final int V6_BYTES = 16;
    private static final int GROUPS = 8;

    private IpText() {}

    /** The 4 bytes of an IPv4 literal, the 16 of an IPv6 literal, or null. */
    static byte @Nullable [] parse(String text) {
        return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
    }

    private static byte @Nullable [] parseV4(String text) {
        byte[] out = new byte[4];
        return readV4(text, 0, out, 0) ? out : null;
    }

    /** Four decimal numbers up to 255 from {@code from} to the end of {@code text}. */
    private static boolean readV4(String text, int from, byte[] out, int at) {
        int octet = -1;
        int n = 0;
        for (int i = from; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (octet < 0 || n == 4) {
                    return false;
                }
                out[at + n++] = (byte) octet;
                octet = -1;
            } else if (c >= '0' && c <= '9') {
                octet = Math.max(octet, 0) * 10 + (c - '0');
                if (octet > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return n == 4;
    }

    // RFC 4291 §2.2
    private static byte @Nullable [] parseV6(String text) {
        byte[] out = new byte[V6_BYTES];
        int at = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        }
        while (i < text.length()) {
            int end = endOfGroup(text, i);
            if (end < text.length() && text.charAt(end) == '.') {
                if (at > V6_BYTES - 4 || !readV4(text, i, out, at)) {
                    return null;
                }
                at += 4;
                break;
            }
            if (end == i || end - i > 4 || at == V6_BYTES) {
                return null;
            }
            int group = Integer.parseInt(text, i, end, 16);
            out[at++] = (byte) (group >> 8);
            out[at++] = (byte) group;
            i = end;
            if (i == text.length()) {
                break;
            }
            if (text.charAt(i) != ':' || ++i == text.length()) {
                return null;
            }
            if (text.charAt(i) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = at;
                i++;
            }
        }
        return spread(out, at, gap);
    }

    private static int endOfGroup(String text, int from) {
        int i = from;
        while (i < text.length() && Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 0x80) {
            i++;
        }
        return i;
    }

    /** Puts the zeros of {@code ::} in its place. */
    private static byte @Nullable [] spread(byte[] out, int length, int gap) {
        if (gap < 0) {
            return length == V6_BYTES ? out : null;
        }
        if (length == V6_BYTES) {
            return null;
        }
        int tail = length - gap;
        System.arraycopy(out, gap, out, V6_BYTES - tail, tail);
        java.util.Arrays.fill(out, gap, V6_BYTES - tail, (byte) 0);
        return out;
    }

    static String printV4(byte[] bytes, int at) {
        return (bytes[at] & 0xff) + "." + (bytes[at + 1] & 0xff) + "." + (bytes[at + 2] & 0xff) + "."
                + (bytes[at + 3] & 0xff);
    }

    static String printV6(byte[] bytes) {
        int zeros = 0;
        int start = -1;
        int run = 0;
        for (int i = 0; i < GROUPS; i++) {
            run = group(bytes, i) == 0 ? run + 1 : 0;
            // The first of the longest runs; a single zero is printed.
            if (run > 1 && run > zeros) {
                zeros = run;
                start = i - run + 1;
            }
        }
        boolean decimal = start == 0 && (zeros == 5 && group(bytes, 5) == 0xffff || zeros == 6
                || zeros == 7 && bytes[14] != 0 && bytes[15] != 1);
        var text = new StringBuilder(39);
        int groups = decimal ? GROUPS - 2 : GROUPS;
        for (int i = 0; i < groups; i++) {
            if (i == start) {
                text.append(i == 0 ? "::" : ":");
                i += zeros - 1;
            } else {
                text.append(Integer.toHexString(group(bytes, i)));
                if (i < GROUPS - 1) {
                    text.append(':');
                }
            }
        }
        return decimal ? text.append(printV4(bytes, 12)).toString() : text.toString();
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
    }
}
