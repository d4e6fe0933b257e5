package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import java.util.Arrays;

/**
 * Encodes the header blocks of one direction of a connection (RFC 7541). Fields that tend to be the same in many messages are put in the
 * table, so that they take one byte from then on; nothing is compressed by the Huffman code, which costs more than it saves on what is left.
 * Fields of a table were checked when they entered it. One a connection, on its loop.
 */
public final class HeaderBlockWriter {
    /** How much the table holds at most, whatever the other side allows: the default of RFC 9113 §6.5.2. */
    private static final int MAX_TABLE_BYTES = 4096;
    private static final int ENTRY_BYTES = 32;
    /** Each takes at least 33 bytes of the table, so that there are never more. */
    private static final int MAX_ENTRIES = 128;
    /** A longer value is hardly the same twice. */
    private static final int MAX_KEPT_VALUE = 128;

    private static final int INDEXED = 0x80;
    private static final int LITERAL_KEPT = 0x40;
    private static final int SIZE_UPDATE = 0x20;
    private static final int LITERAL = 0;
    private static final int LITERAL_NEVER = 0x10;

    private static final boolean[] VARIES = varies();
    private static final boolean[] SECRET = secret();
    private static final byte[][] LOWER = lower();

    // a ring of entries, the newest before next
    private final byte[][] names = new byte[MAX_ENTRIES][];
    private final byte[][] values = new byte[MAX_ENTRIES][];
    private final int[] hashes = new int[MAX_ENTRIES];
    private int next;
    private int count;
    private int tableBytes;
    private int limit = MAX_TABLE_BYTES;
    private int smallestLimit = MAX_TABLE_BYTES;
    private boolean limitChanged;

    /** The other side said how large a table it keeps (SETTINGS_HEADER_TABLE_SIZE). */
    public void tableLimit(long bytes) {
        int allowed = (int) Math.min(bytes, MAX_TABLE_BYTES);
        if (allowed != limit) {
            limit = allowed;
            smallestLimit = limitChanged ? Math.min(smallestLimit, allowed) : allowed;
            limitChanged = true;
            shrink(limit);
        }
    }

    /** Begins a block: says that the table has another size, where it has. */
    public void begin(Bytes out) {
        if (limitChanged) {
            limitChanged = false;
            // RFC 7541 §4.2: the smallest size in between must be told too
            if (smallestLimit < limit) {
                number(SIZE_UPDATE, 5, smallestLimit, out);
            }
            number(SIZE_UPDATE, 5, limit, out);
        }
    }

    /** {@code :status}. */
    public void status(int status, Bytes out) {
        int index = StaticTable.statusIndex(status);
        if (index != 0) {
            number(INDEXED, 7, index, out);
            return;
        }
        number(LITERAL, 4, StaticTable.STATUS_200, out);
        number(0, 7, 3, out);
        out.writeDecimal(status, 3);
    }

    /** A field that is in the static table with its value. */
    public void indexed(int index, Bytes out) {
        number(INDEXED, 7, index, out);
    }

    /** A field whose name is in the static table, and whose value is not kept: {@code :path}, {@code :authority} … */
    public void named(int index, byte[] value, int offset, int length, Bytes out) {
        number(LITERAL, 4, index, out);
        string(value, offset, length, out);
    }

    /** A field with a known name. The value holds no CR, LF or NUL. */
    public void field(int id, byte[] value, int offset, int length, Bytes out) {
        byte[] name = LOWER[id];
        int index = StaticTable.nameIndex(id);
        if (SECRET[id]) {
            literal(LITERAL_NEVER, 4, index, name, value, offset, length, out);
        } else if (VARIES[id] || length > MAX_KEPT_VALUE) {
            literal(LITERAL, 4, index, name, value, offset, length, out);
        } else {
            kept(index, name, value, offset, length, out);
        }
    }

    /** A field with a name that is in lower case already. The value holds no CR, LF or NUL. */
    public void field(byte[] name, byte[] value, int offset, int length, Bytes out) {
        if (length > MAX_KEPT_VALUE) {
            literal(LITERAL, 4, 0, name, value, offset, length, out);
        } else {
            kept(0, name, value, offset, length, out);
        }
    }

    /** A field of a table. */
    public void field(Fields fields, int i, Bytes out) {
        int id = fields.id(i);
        byte[] array = fields.bytes().array();
        if (id != FieldName.UNKNOWN) {
            field(id, array, fields.valueOffset(i), fields.valueLength(i), out);
            return;
        }
        out.write(LITERAL);
        int length = fields.nameLength(i);
        number(0, 7, length, out);
        int from = fields.nameOffset(i);
        for (int at = from; at < from + length; at++) {
            out.write(Octets.lower(array[at]));
        }
        string(array, fields.valueOffset(i), fields.valueLength(i), out);
    }

    /** All fields of a table that are there. */
    public void fields(Fields fields, Bytes out) {
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.isRemoved(i)) {
                field(fields, i, out);
            }
        }
    }

    private void kept(int index, byte[] name, byte[] value, int offset, int length, Bytes out) {
        int hash = name.length * 31 + length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + value[i];
        }
        for (int age = 0; age < count; age++) {
            int at = (next - 1 - age) & (MAX_ENTRIES - 1);
            if (hashes[at] == hash && Arrays.equals(values[at], 0, values[at].length, value, offset, offset + length)
                    && Arrays.equals(names[at], name)) {
                number(INDEXED, 7, StaticTable.SIZE + 1 + age, out);
                return;
            }
        }
        int size = name.length + length + ENTRY_BYTES;
        if (size > limit / 2) {
            literal(LITERAL, 4, index, name, value, offset, length, out);
            return;
        }
        literal(LITERAL_KEPT, 6, index, name, value, offset, length, out);
        shrink(limit - size);
        names[next] = name;
        values[next] = Arrays.copyOfRange(value, offset, offset + length);
        hashes[next] = hash;
        next = (next + 1) & (MAX_ENTRIES - 1);
        count++;
        tableBytes += size;
    }

    private void shrink(int to) {
        while (tableBytes > to) {
            int oldest = (next - count) & (MAX_ENTRIES - 1);
            tableBytes -= names[oldest].length + values[oldest].length + ENTRY_BYTES;
            count--;
        }
    }

    private static void literal(int pattern, int prefix, int index, byte[] name, byte[] value, int offset, int length,
            Bytes out) {
        number(pattern, prefix, index, out);
        if (index == 0) {
            string(name, 0, name.length, out);
        }
        string(value, offset, length, out);
    }

    private static void string(byte[] array, int offset, int length, Bytes out) {
        number(0, 7, length, out);
        out.write(array, offset, length);
    }

    /** RFC 7541 §5.1. */
    private static void number(int pattern, int prefix, int value, Bytes out) {
        int most = (1 << prefix) - 1;
        if (value < most) {
            out.write(pattern | value);
            return;
        }
        out.write(pattern | most);
        int left = value - most;
        while (left >= 128) {
            out.write(left & 127 | 128);
            left >>>= 7;
        }
        out.write(left);
    }

    private static boolean[] varies() {
        boolean[] varies = new boolean[FieldName.COUNT];
        for (int id : new int[]{FieldName.CONTENT_LENGTH, FieldName.SET_COOKIE, FieldName.ETAG, FieldName.LOCATION,
                FieldName.LAST_MODIFIED, FieldName.CONTENT_RANGE, FieldName.AGE, FieldName.EXPIRES,
                FieldName.X_REQUEST_ID, FieldName.CONTENT_DISPOSITION, FieldName.IF_MODIFIED_SINCE,
                FieldName.IF_NONE_MATCH, FieldName.RANGE}) {
            varies[id] = true;
        }
        return varies;
    }

    /** RFC 7541 §7.1.3: what must not be guessed by its compressed length. */
    private static boolean[] secret() {
        boolean[] secret = new boolean[FieldName.COUNT];
        for (int id : new int[]{FieldName.AUTHORIZATION, FieldName.PROXY_AUTHORIZATION, FieldName.COOKIE}) {
            secret[id] = true;
        }
        return secret;
    }

    private static byte[][] lower() {
        byte[][] all = new byte[FieldName.COUNT][];
        for (int id = 0; id < all.length; id++) {
            byte[] name = FieldName.wire(id).clone();
            for (int i = 0; i < name.length; i++) {
                name[i] = Octets.lower(name[i]);
            }
            all[id] = name;
        }
        return all;
    }
}
