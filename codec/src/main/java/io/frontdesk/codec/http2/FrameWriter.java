package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.ByteBuf;

/** Appends frames to a buffer that has room for them (RFC 9113 §4.1). Stateless. */
public final class FrameWriter {
    /** What a frame without content takes at most: a PING or a GOAWAY. */
    public static final int CONTROL_BYTES = FrameType.HEAD_BYTES + 8;

    private FrameWriter() {}

    /** The head of a frame whose payload the caller appends. */
    public static void head(ByteBuf out, int length, int type, int flags, int stream) {
        out.writeMedium(length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
    }

    /** SETTINGS: pairs of {@link SettingId} and value. */
    public static void settings(ByteBuf out, int... pairs) {
        head(out, pairs.length * 3, FrameType.SETTINGS, 0, 0);
        for (int i = 0; i < pairs.length; i += 2) {
            out.writeShort(pairs[i]);
            out.writeInt(pairs[i + 1]);
        }
    }

    /** The other side's SETTINGS were heard. */
    public static void settingsAck(ByteBuf out) {
        head(out, 0, FrameType.SETTINGS, FrameType.ACK, 0);
    }

    /** PING. */
    public static void ping(ByteBuf out, long opaque, boolean acknowledges) {
        head(out, 8, FrameType.PING, acknowledges ? FrameType.ACK : 0, 0);
        out.writeLong(opaque);
    }

    /** GOAWAY without text. */
    public static void goAway(ByteBuf out, int lastStream, int code) {
        head(out, 8, FrameType.GOAWAY, 0, 0);
        out.writeInt(lastStream);
        out.writeInt(code);
    }

    /** RST_STREAM. */
    public static void reset(ByteBuf out, int stream, int code) {
        head(out, 4, FrameType.RST_STREAM, 0, stream);
        out.writeInt(code);
    }

    /** WINDOW_UPDATE; stream 0 is the connection. */
    public static void windowUpdate(ByteBuf out, int stream, int increment) {
        head(out, 4, FrameType.WINDOW_UPDATE, 0, stream);
        out.writeInt(increment);
    }

    /** The head of a DATA frame. */
    public static void dataHead(ByteBuf out, int stream, int length, boolean last) {
        head(out, length, FrameType.DATA, last ? FrameType.END_STREAM : 0, stream);
    }

    /** How many bytes {@link #headers} will append. */
    public static int headersBytes(Bytes block, int maxFrame) {
        return block.length() + FrameType.HEAD_BYTES * Math.max(1, (block.length() + maxFrame - 1) / maxFrame);
    }

    /** A header block: HEADERS, and CONTINUATION where it is longer than a frame may be. */
    public static void headers(ByteBuf out, int stream, Bytes block, boolean last, int maxFrame) {
        int length = block.length();
        int at = 0;
        int type = FrameType.HEADERS;
        int flags = last ? FrameType.END_STREAM : 0;
        do {
            int part = Math.min(maxFrame, length - at);
            head(out, part, type, at + part == length ? flags | FrameType.END_HEADERS : flags, stream);
            out.writeBytes(block.array(), at, part);
            at += part;
            type = FrameType.CONTINUATION;
            flags = 0;
        } while (at < length);
    }
}
