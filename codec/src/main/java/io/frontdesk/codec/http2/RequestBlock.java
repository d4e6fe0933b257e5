package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.Fields;

/**
 * Writes the head of a request as HEADERS and CONTINUATION frames. Every field is a literal without a number of its own, so that nothing is
 * left in the peer's table. A value is written in place, and its length before it once it is known. Reused; one thread.
 */
public final class RequestBlock {
    /** Room for the length of a value of up to 2 MB. */
    private static final int LENGTH_BYTES = 4;

    private Bytes out = new Bytes(0);
    private int start;
    private int field;
    private int value;

    /** Begins a head. */
    public void begin(Bytes to) {
        out = to;
        start = ClientFrames.beginBlock(to);
    }

    /** {@code :method}. */
    public void method(byte[] array, int offset, int length) {
        if (length == 3 && array[offset] == 'G' && array[offset + 1] == 'E' && array[offset + 2] == 'T') {
            out.write(0x80 | StaticFields.METHOD_GET);
        } else if (length == 4 && array[offset] == 'P' && array[offset + 1] == 'O' && array[offset + 2] == 'S'
                && array[offset + 3] == 'T') {
            out.write(0x80 | StaticFields.METHOD_POST);
        } else {
            out.write(StaticFields.METHOD_GET);
            text(array, offset, length, false);
        }
    }

    /** {@code :scheme}. */
    public void scheme(boolean secured) {
        out.write(0x80 | (secured ? StaticFields.SCHEME_HTTPS : StaticFields.SCHEME_HTTP));
    }

    /** {@code :path}, whose value the caller appends next, and ends by {@link #endValue}. */
    public void beginPath() {
        field = out.length();
        out.write(StaticFields.PATH_ROOT);
        value = out.reserve(LENGTH_BYTES) + LENGTH_BYTES;
    }

    /** {@code :authority}, likewise. */
    public void beginAuthority() {
        field = out.length();
        out.write(StaticFields.AUTHORITY);
        value = out.reserve(LENGTH_BYTES) + LENGTH_BYTES;
    }

    /** A field, likewise; its name is written in lower case (RFC 9113 §8.2). */
    public void beginField(byte[] name) {
        field = out.length();
        out.write(0);
        text(name, 0, name.length, true);
        value = out.reserve(LENGTH_BYTES) + LENGTH_BYTES;
    }

    /** Where the value that was begun begins. */
    public int valueStart() {
        return value;
    }

    /** Ends a value; false, and no field written, when it holds what no field may. */
    public boolean endValue() {
        if (Octets.indexOfBreak(out.array(), value, out.length()) < out.length()) {
            dropField();
            return false;
        }
        int length = out.length() - value;
        int size = lengthBytes(length);
        int gap = LENGTH_BYTES - size;
        byte[] array = out.array();
        if (gap > 0) {
            System.arraycopy(array, value, array, value - gap, length);
            out.truncate(out.length() - gap);
        }
        putLength(array, value - LENGTH_BYTES, length);
        return true;
    }

    /** Takes back the field that was begun. */
    public void dropField() {
        out.truncate(field);
    }

    /** A field of a request that came, which has been checked. */
    public void field(Fields fields, int index) {
        out.write(0);
        byte[] array = fields.bytes().array();
        text(array, fields.nameOffset(index), fields.nameLength(index), true);
        text(array, fields.valueOffset(index), fields.valueLength(index), false);
    }

    /** Ends the head. */
    public void end(int stream, boolean endsStream) {
        ClientFrames.endBlock(out, start, stream, endsStream);
        out = new Bytes(0);
    }

    private void text(byte[] array, int offset, int length, boolean lowers) {
        int at = out.reserve(lengthBytes(length));
        putLength(out.array(), at, length);
        if (!lowers) {
            out.write(array, offset, length);
            return;
        }
        int to = out.reserve(length);
        byte[] target = out.array();
        for (int i = 0; i < length; i++) {
            target[to + i] = Octets.lower(array[offset + i]);
        }
    }

    private static int lengthBytes(int length) {
        int rest = length - 127;
        return rest < 0 ? 1 : rest < 1 << 7 ? 2 : rest < 1 << 14 ? 3 : 4;
    }

    /** RFC 7541 §5.1, with seven bits in the first byte. */
    private static void putLength(byte[] array, int at, int length) {
        if (length < 127) {
            array[at] = (byte) length;
            return;
        }
        array[at] = 127;
        int rest = length - 127;
        int to = at + 1;
        while (rest >= 128) {
            array[to++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        array[to] = (byte) rest;
    }
}
