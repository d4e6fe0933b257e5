package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;

/** Appends the frames that a client sends (RFC 9113 §4.1, §6). Stateless. */
public final class ClientFrames {
    /** How long the head of a frame is. */
    public static final int HEAD_BYTES = 9;
    /** What every peer takes as the payload of one frame. */
    public static final int PAYLOAD_BYTES = 16_384;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITIZED = 0x20;

    private ClientFrames() {}

    /** The head of a DATA frame. */
    public static void dataHead(Bytes out, int stream, int length, boolean endsStream) {
        head(out, length, DATA, endsStream ? END_STREAM : 0, stream);
    }

    static void head(Bytes out, int length, int type, int flags, int stream) {
        putHead(out, out.reserve(HEAD_BYTES), length, type, flags, stream);
    }

    private static void putHead(Bytes out, int at, int length, int type, int flags, int stream) {
        byte[] array = out.array();
        array[at] = (byte) (length >> 16);
        array[at + 1] = (byte) (length >> 8);
        array[at + 2] = (byte) length;
        array[at + 3] = (byte) type;
        array[at + 4] = (byte) flags;
        put(array, at + 5, stream);
    }

    private static void put(byte[] array, int at, int value) {
        array[at] = (byte) (value >> 24);
        array[at + 1] = (byte) (value >> 16);
        array[at + 2] = (byte) (value >> 8);
        array[at + 3] = (byte) value;
    }

    static void windowUpdate(Bytes out, int stream, int more) {
        head(out, 4, WINDOW_UPDATE, 0, stream);
        int at = out.reserve(4);
        put(out.array(), at, more);
    }

    /** A setting within a SETTINGS frame. */
    static void setting(Bytes out, int id, int value) {
        int at = out.reserve(6);
        byte[] array = out.array();
        array[at] = 0;
        array[at + 1] = (byte) id;
        put(array, at + 2, value);
    }

    /** Makes room for the head of a frame whose payload is a header block that follows; gives where. */
    static int beginBlock(Bytes out) {
        return out.reserve(HEAD_BYTES);
    }

    /** Ends a header block: puts the head before it, and cuts it into CONTINUATION frames where it is too long for one frame. */
    static void endBlock(Bytes out, int start, int stream, boolean endsStream) {
        int flags = endsStream ? END_STREAM : 0;
        int length = out.length() - start - HEAD_BYTES;
        if (length <= PAYLOAD_BYTES) {
            putHead(out, start, length, HEADERS, flags | END_HEADERS, stream);
            return;
        }
        putHead(out, start, PAYLOAD_BYTES, HEADERS, flags, stream);
        int at = start + HEAD_BYTES + PAYLOAD_BYTES;
        int rest = length - PAYLOAD_BYTES;
        while (rest > 0) {
            int part = Math.min(rest, PAYLOAD_BYTES);
            out.reserve(HEAD_BYTES);
            System.arraycopy(out.array(), at, out.array(), at + HEAD_BYTES, rest);
            putHead(out, at, part, CONTINUATION, part == rest ? END_HEADERS : 0, stream);
            at += HEAD_BYTES + part;
            rest -= part;
        }
    }
}
