package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.http.Status;
import java.nio.charset.StandardCharsets;

/**
 * Writes HTTP/1 heads and chunk framing from typed parts. What would break the framing cannot be written: a method
 * writes nothing and gives false when a part holds what it must not. Stateless, allocates nothing.
 */
public final class HeadWriter {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private HeadWriter() {}

    /** Writes a request line. False, and nothing written, when method or target cannot stand in one. */
    public static boolean requestLine(Bytes out, Method method, byte[] target, int offset, int length,
            HttpVersion version) {
        return method != Method.OTHER
                && requestLine(out, method.wire(), 0, method.wire().length, target, offset, length, version);
    }

    /** Writes a request line. False, and nothing written, when method or target cannot stand in one. */
    public static boolean requestLine(Bytes out, byte[] method, int methodOffset, int methodLength, byte[] target,
            int offset, int length, HttpVersion version) {
        if (!Octets.isToken(method, methodOffset, methodOffset + methodLength)
                || !isTarget(target, offset, offset + length)) {
            return false;
        }
        out.ensure(methodLength + length + 12);
        out.write(method, methodOffset, methodLength);
        out.write(' ');
        out.write(target, offset, length);
        out.write(' ');
        out.write(version.wire());
        out.writeCrlf();
        return true;
    }

    /** Whether the bytes may be a request target: not empty, no space, no control octet, no fragment. */
    public static boolean isTarget(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            byte octet = array[i];
            if ((octet >= 0 && octet <= ' ') || octet == 0x7f || octet == '#') {
                return false;
            }
        }
        return from < to;
    }

    /** Writes a status line with nginx's reason phrase. Always 1.1: nginx answers 1.0 so as well. */
    public static void statusLine(Bytes out, int status) {
        Status.writeLine(status, out);
    }

    /**
     * Writes a status line with a reason phrase of its own. False, and nothing written, when that holds a control
     * octet.
     */
    public static boolean statusLine(Bytes out, int status, byte[] reason, int offset, int length) {
        if (status < 100 || status > 999 || Octets.indexOfControl(reason, offset, offset + length) < offset + length) {
            return false;
        }
        out.write("HTTP/1.1 ");
        out.writeDecimal(status, 3);
        out.write(' ');
        out.write(reason, offset, length);
        out.writeCrlf();
        return true;
    }

    /** Writes a field. False, and nothing written, when the value holds CR, LF or NUL. */
    public static boolean field(Bytes out, int id, byte[] value, int offset, int length) {
        return field(out, FieldName.wire(id), value, offset, length);
    }

    /** Writes a field. False, and nothing written, when the value holds CR, LF or NUL. */
    public static boolean field(Bytes out, FieldKey name, byte[] value, int offset, int length) {
        return field(out, name.wire(), value, offset, length);
    }

    private static boolean field(Bytes out, byte[] name, byte[] value, int offset, int length) {
        if (Octets.indexOfBreak(value, offset, offset + length) < offset + length) {
            return false;
        }
        int at = out.reserve(name.length + length + 4);
        byte[] target = out.array();
        System.arraycopy(name, 0, target, at, name.length);
        at += name.length;
        target[at] = ':';
        target[at + 1] = ' ';
        System.arraycopy(value, offset, target, at + 2, length);
        at += length + 2;
        target[at] = '\r';
        target[at + 1] = '\n';
        return true;
    }

    /** Writes a field. False, and nothing written, when the value holds CR, LF or NUL. */
    public static boolean field(Bytes out, int id, String value) {
        return field(out, FieldName.wire(id), value);
    }

    /** Writes a field. False, and nothing written, when the value holds CR, LF or NUL. */
    public static boolean field(Bytes out, FieldKey name, String value) {
        return field(out, name.wire(), value);
    }

    private static boolean field(Bytes out, byte[] name, String value) {
        int start = out.length();
        name(out, name);
        int from = out.length();
        out.write(value);
        if (Octets.indexOfBreak(out.array(), from, out.length()) < out.length()) {
            out.truncate(start);
            return false;
        }
        out.writeCrlf();
        return true;
    }

    /** Writes a field whose value is a number. */
    public static void field(Bytes out, int id, long value) {
        name(out, FieldName.wire(id));
        out.writeDecimal(value);
        out.writeCrlf();
    }

    /** Writes a field of a table, which has checked it. */
    public static void field(Bytes out, Fields fields, int index) {
        byte[] array = fields.bytes().array();
        int name = fields.nameOffset(index);
        int nameLength = fields.nameLength(index);
        int value = fields.valueOffset(index);
        int valueLength = fields.valueLength(index);
        int at = out.reserve(nameLength + valueLength + 4);
        byte[] target = out.array();
        if (value == name + nameLength + 2 && array[value - 1] == ' ') {
            // both parts are checked and between them stand colon and space: one copy
            System.arraycopy(array, name, target, at, nameLength + 2 + valueLength);
        } else {
            System.arraycopy(array, name, target, at, nameLength);
            System.arraycopy(array, value, target, at + nameLength + 2, valueLength);
        }
        target[at + nameLength] = ':';
        target[at + nameLength + 1] = ' ';
        at += nameLength + 2 + valueLength;
        target[at] = '\r';
        target[at + 1] = '\n';
    }

    /** Writes all fields of a table that were not removed. */
    public static void fields(Bytes out, Fields fields) {
        int size = fields.size();
        int first = 0;
        for (int i = 0; i < size; i++) {
            if (fields.isRemoved(i)) {
                fields(out, fields, first, i);
                first = i + 1;
            }
        }
        fields(out, fields, first, size);
    }

    /**
     * Writes the fields of a table from one index to before another. Lines that stand behind each other, as in the head that they were
     * read from, in the form that is written here, go in one copy.
     */
    public static void fields(Bytes out, Fields fields, int from, int to) {
        byte[] array = fields.bytes().array();
        int i = from;
        while (i < to) {
            int start = fields.nameOffset(i);
            int end = endOfLine(array, fields, i);
            if (end < 0) {
                field(out, fields, i++);
                continue;
            }
            int next = end;
            while (next >= 0 && ++i < to && next + 2 == fields.nameOffset(i) && array[next] == '\r'
                    && array[next + 1] == '\n') {
                next = endOfLine(array, fields, i);
                end = next < 0 ? end : next;
            }
            int length = end - start;
            int at = out.reserve(length + 2);
            byte[] target = out.array();
            System.arraycopy(array, start, target, at, length);
            target[at + length] = '\r';
            target[at + length + 1] = '\n';
        }
    }

    /** Where the value of a field ends, when colon and space stand before it as they are written here, otherwise -1. */
    private static int endOfLine(byte[] array, Fields fields, int index) {
        int colon = fields.nameOffset(index) + fields.nameLength(index);
        int value = fields.valueOffset(index);
        return value == colon + 2 && array[colon] == ':' && array[colon + 1] == ' '
                ? value + fields.valueLength(index)
                : -1;
    }

    /** Begins a field whose value the caller writes; to be followed by {@link #endField}. */
    public static int beginField(Bytes out, byte[] name) {
        int start = out.length();
        name(out, name);
        return start;
    }

    /** Ends a field begun at {@code start}. False, and the field taken back, when its value holds CR, LF or NUL. */
    public static boolean endField(Bytes out, int start, byte[] name) {
        int from = start + name.length + 2;
        if (Octets.indexOfBreak(out.array(), from, out.length()) < out.length()) {
            out.truncate(start);
            return false;
        }
        out.writeCrlf();
        return true;
    }

    private static void name(Bytes out, byte[] name) {
        out.write(name);
        out.write(':');
        out.write(' ');
    }

    /** Writes the empty line that ends a head. */
    public static void end(Bytes out) {
        out.writeCrlf();
    }

    /** Writes the size line of a chunk; after the chunk's data goes CR LF. */
    public static void chunkHeader(Bytes out, long size) {
        out.writeHexLower(size);
        out.writeCrlf();
    }

    /** Writes the last chunk, without trailers. */
    public static void lastChunk(Bytes out) {
        out.write(LAST_CHUNK);
    }

    /** Writes the last chunk with trailers. */
    public static void lastChunk(Bytes out, Fields trailers) {
        out.write('0');
        out.writeCrlf();
        fields(out, trailers);
        out.writeCrlf();
    }
}
