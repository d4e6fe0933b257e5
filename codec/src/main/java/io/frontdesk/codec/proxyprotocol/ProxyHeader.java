package io.frontdesk.codec.proxyprotocol;

import org.jspecify.annotations.Nullable;

/**
 * What a PROXY header tells. A value.
 *
 * @param source          the address of the client, as text
 * @param sourcePort      its port
 * @param destination     the address that the client connected to, as text
 * @param destinationPort its port
 * @param extras          the type-length-value entries of version 2, unread; none in version 1
 */
@SuppressWarnings("ArrayRecordComponent") // lent, not changed
public record ProxyHeader(String source, int sourcePort, String destination, int destinationPort, byte[] extras) {
    private static final int ENTRY_HEAD = 3;

    /** The value of the first entry of a type, or null. */
    public byte @Nullable [] extra(int type) {
        return entry(extras, 0, type);
    }

    /** The value of the first entry of a type among entries that begin at {@code from}, or null; what is cut off is none. */
    public static byte @Nullable [] entry(byte[] entries, int from, int type) {
        int at = from;
        while (at + ENTRY_HEAD <= entries.length) {
            int length = (entries[at + 1] & 255) << 8 | entries[at + 2] & 255;
            int end = at + ENTRY_HEAD + length;
            if (end > entries.length) {
                return null;
            }
            if ((entries[at] & 255) == type) {
                return java.util.Arrays.copyOfRange(entries, at + ENTRY_HEAD, end);
            }
            at = end;
        }
        return null;
    }
}
