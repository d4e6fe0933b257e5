package io.frontdesk.net.tls;

import java.io.ByteArrayOutputStream;

/** As much of DER (X.690) as wrapping one form of private key in another takes. Stateless. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;

    private Der() {}

    /** One element of these contents. */
    static byte[] element(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] part : contents) {
            length += part.length;
        }
        var out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : contents) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Where the contents of the element at {@code at} begin; the array's length when it is none. */
    static int contents(byte[] der, int at) {
        if (at + 2 > der.length) {
            return der.length;
        }
        int first = der[at + 1] & 255;
        return Math.min(der.length, at + 2 + (first < 0x80 ? 0 : first & 0x7f));
    }

    /** Where the element behind the one at {@code at} begins; the array's length when there is none. */
    static int next(byte[] der, int at) {
        int from = contents(der, at);
        if (at + 2 > der.length) {
            return der.length;
        }
        int first = der[at + 1] & 255;
        long length = first;
        if (first >= 0x80) {
            length = 0;
            for (int i = at + 2; i < from; i++) {
                length = length << 8 | der[i] & 255;
            }
        }
        return length < 0 || from + length > der.length ? der.length : (int) (from + length);
    }
}
