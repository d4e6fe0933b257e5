package io.frontdesk.codec.dns;

import org.jspecify.annotations.Nullable;

/** Writes a query: one recursive question of class IN. Stateless. */
public final class DnsQuery {
    /**
     * nginx has no limit but its memory, and RFC 1035 one of 255 with the length octets; names slightly above that are
     * left to the server to refuse, as nginx does.
     */
    public static final int MAX_NAME = 400;

    private static final int HEADER = 12;
    /** RFC 1035 §2.3.4. */
    private static final int MAX_LABEL = 63;
    private static final int CLASS_IN = 1;

    private DnsQuery() {}

    /**
     * The bytes of a query, or null when {@code name} can't be asked for: it or one of its labels is empty or too long.
     *
     * @param name a byte string without a dot at its end
     */
    public static byte @Nullable [] encode(int id, String name, DnsType type) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return null;
        }
        byte[] out = new byte[HEADER + 1 + name.length() + 1 + 4];
        put(out, 0, id);
        // recursion desired
        out[2] = 1;
        out[5] = 1;
        int lengthAt = HEADER;
        int at = HEADER + 1;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '.';
            if (c != '.') {
                out[at++] = (byte) c;
                continue;
            }
            int length = at - lengthAt - 1;
            if (length == 0 || length > MAX_LABEL) {
                return null;
            }
            out[lengthAt] = (byte) length;
            lengthAt = at++;
        }
        // The octet after the last label is the root's length, 0.
        put(out, at, type.number());
        put(out, at + 2, CLASS_IN);
        return out;
    }

    private static void put(byte[] out, int at, int value) {
        out[at] = (byte) (value >> 8);
        out[at + 1] = (byte) value;
    }
}
