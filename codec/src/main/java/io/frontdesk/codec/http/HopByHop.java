package io.frontdesk.codec.http;

/**
 * Removes the fields that a proxy must not pass on (RFC 9110 §7.6.1): first those that {@code Connection} names, then
 * the
 * well-known ones. Framing fields and Host are never removed because somebody named them. Stateless.
 */
public final class HopByHop {
    private static final int[] WELL_KNOWN = {FieldName.CONNECTION, FieldName.KEEP_ALIVE, FieldName.PROXY_CONNECTION,
            FieldName.TE, FieldName.TRAILER, FieldName.TRANSFER_ENCODING, FieldName.UPGRADE};

    private HopByHop() {}

    /** Removes the fields named in Connection, then all hop-by-hop fields; Content-Length and Host stay. */
    public static void removeAll(Fields fields) {
        removeNamed(fields);
        for (int id : WELL_KNOWN) {
            fields.removeAll(id);
        }
    }

    /** Removes the fields that Connection names, but not Connection itself. */
    public static void removeNamed(Fields fields) {
        byte[] array = fields.bytes().array();
        for (int c = fields.find(FieldName.CONNECTION); c >= 0; c = fields.next(c)) {
            int to = fields.valueOffset(c) + fields.valueLength(c);
            int start = FieldList.memberStart(array, fields.valueOffset(c), to);
            while (start < to) {
                int end = FieldList.memberEnd(array, start, to);
                removeNamed(fields, array, start, end);
                start = FieldList.memberStart(array, end, to);
            }
        }
    }

    private static void removeNamed(Fields fields, byte[] array, int start, int end) {
        int i = fields.find(array, start, end - start);
        if (i < 0 || mustStay(fields.id(i))) {
            return;
        }
        for (; i >= 0; i = fields.next(i)) {
            fields.remove(i);
        }
    }

    private static boolean mustStay(int id) {
        return id == FieldName.HOST || id == FieldName.CONTENT_LENGTH || id == FieldName.TRANSFER_ENCODING
                || id == FieldName.CONNECTION;
    }
}
