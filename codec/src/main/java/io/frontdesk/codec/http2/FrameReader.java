package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames off a connection, any way the bytes are cut (RFC 9113 §4, §6). Content passes as it comes; a header block is gathered until
 * it is whole, within limits of bytes and of frames; all else is a few bytes. One a connection, on its loop.
 */
public final class FrameReader {
    private static final int PRIORITY_BYTES = 5;
    private static final int SETTING_BYTES = 6;
    private static final int RST_STREAM_BYTES = 4;
    private static final int PING_BYTES = 8;
    private static final int GOAWAY_BYTES = 8;
    private static final int WINDOW_UPDATE_BYTES = 4;
    private static final int STREAM_BITS = 0x7fffffff;
    /** CVE-2024-27316 and its kin: a block of many small frames costs more than its bytes. */
    private static final int MAX_CONTINUATIONS = 8;

    private enum State {
        HEAD, PAD_LENGTH, PRIORITY, DATA, BLOCK, FIXED, SETTING, SKIP
    }

    private final FrameListener listener;
    private final int maxFrame;
    private final byte[] small = new byte[FrameType.HEAD_BYTES];
    private final Bytes block = new Bytes();
    private int maxBlock;
    private int smallLength;
    private State state = State.HEAD;
    private int type;
    private int flags;
    private int stream;
    /** What is left of the payload, padding not counted. */
    private int rest;
    private int padding;
    /** The stream whose header block is not over, or 0. */
    private int open;
    private boolean openEnds;
    private int continuations;

    /**
     * A reader.
     *
     * @param maxFrame the largest payload that our SETTINGS allow
     * @param maxBlock how many bytes a header block may have before it is decoded
     */
    public FrameReader(FrameListener listener, int maxFrame, int maxBlock) {
        this.listener = listener;
        this.maxFrame = maxFrame;
        this.maxBlock = maxBlock;
    }

    /** Another limit for header blocks, from the next one on. */
    public void maxBlock(int bytes) {
        maxBlock = bytes;
    }

    /** Whether it stands between two frames. */
    public boolean isBetweenFrames() {
        return state == State.HEAD && smallLength == 0 && open == 0;
    }

    /** Reads all that is there; gives why the connection cannot go on, or null. What is not read after an error is of no use. */
    public @Nullable ConnectionError read(ByteBuf in) {
        ConnectionError error = null;
        while (error == null) {
            switch (state) {
                case HEAD -> {
                    if (!gather(in, FrameType.HEAD_BYTES)) {
                        return null;
                    }
                    error = head();
                }
                case PAD_LENGTH -> {
                    if (!in.isReadable()) {
                        return null;
                    }
                    error = padLength(in.readUnsignedByte());
                }
                case PRIORITY -> {
                    if (!gather(in, PRIORITY_BYTES)) {
                        return null;
                    }
                    state = State.BLOCK;
                    rest -= PRIORITY_BYTES;
                    error = priority(true);
                }
                case DATA -> {
                    int length = Math.min(rest, in.readableBytes());
                    if (length > 0) {
                        error = listener.data(stream, in, length);
                        in.skipBytes(length);
                        rest -= length;
                    }
                    if (error == null) {
                        if (rest > 0) {
                            return null;
                        }
                        rest = padding;
                        state = State.SKIP;
                        error = listener.dataEnds(stream, (flags & FrameType.END_STREAM) != 0);
                    }
                }
                case BLOCK -> {
                    int length = Math.min(rest, in.readableBytes());
                    block.take(in, length);
                    rest -= length;
                    if (rest > 0) {
                        listener.headersIncomplete();
                        return null;
                    }
                    rest = padding;
                    state = State.SKIP;
                    error = blockEnds();
                }
                case FIXED -> {
                    if (!gather(in, Math.min(rest, PING_BYTES))) {
                        return null;
                    }
                    rest -= Math.min(rest, PING_BYTES);
                    state = State.SKIP;
                    error = fixed();
                }
                case SETTING -> {
                    if (rest == 0) {
                        state = State.HEAD;
                        error = listener.settingsEnd();
                    } else {
                        if (!gather(in, SETTING_BYTES)) {
                            return null;
                        }
                        rest -= SETTING_BYTES;
                        error = listener.setting((small[0] & 255) << 8 | small[1] & 255, number(2) & 0xffffffffL);
                    }
                }
                default -> {
                    int length = Math.min(rest, in.readableBytes());
                    in.skipBytes(length);
                    rest -= length;
                    if (rest > 0) {
                        return null;
                    }
                    state = State.HEAD;
                }
            }
        }
        return error;
    }

    /** Gathers so many bytes in the small array; false when more must come. */
    private boolean gather(ByteBuf in, int count) {
        int take = Math.min(count - smallLength, in.readableBytes());
        in.readBytes(small, smallLength, take);
        smallLength += take;
        if (smallLength < count) {
            return false;
        }
        smallLength = 0;
        return true;
    }

    private int number(int at) {
        return (small[at] & 255) << 24 | (small[at + 1] & 255) << 16 | (small[at + 2] & 255) << 8 | small[at + 3] & 255;
    }

    private @Nullable ConnectionError head() {
        rest = (small[0] & 255) << 16 | (small[1] & 255) << 8 | small[2] & 255;
        type = small[3] & 255;
        flags = small[4] & 255;
        stream = number(5) & STREAM_BITS;
        padding = 0;
        if (rest > maxFrame) {
            return sizeError("sent too large frame");
        }
        if (open != 0 && (type != FrameType.CONTINUATION || stream != open)) {
            return type == FrameType.CONTINUATION
                    ? protocolError("sent CONTINUATION frame with incorrect identifier")
                    : protocolError("sent inappropriate frame while CONTINUATION was expected");
        }
        return switch (type) {
            case FrameType.DATA -> dataHead();
            case FrameType.HEADERS -> headersHead();
            case FrameType.PRIORITY -> fixedHead("PRIORITY", rest == PRIORITY_BYTES, stream != 0);
            case FrameType.RST_STREAM -> fixedHead("RST_STREAM", rest == RST_STREAM_BYTES, stream != 0);
            case FrameType.SETTINGS -> settingsHead();
            case FrameType.PUSH_PROMISE -> protocolError("sent PUSH_PROMISE frame");
            case FrameType.PING -> fixedHead("PING", rest == PING_BYTES, stream == 0);
            case FrameType.GOAWAY -> fixedHead("GOAWAY", rest >= GOAWAY_BYTES, stream == 0);
            case FrameType.WINDOW_UPDATE -> fixedHead("WINDOW_UPDATE", rest == WINDOW_UPDATE_BYTES, true);
            case FrameType.CONTINUATION -> continuationHead();
            default -> {
                state = State.SKIP;
                yield listener.unknown(type);
            }
        };
    }

    private @Nullable ConnectionError fixedHead(String name, boolean fits, boolean onItsStream) {
        if (!fits) {
            return sizeError("sent " + name + " frame with incorrect length " + rest);
        }
        if (!onItsStream) {
            return protocolError("sent " + name + " frame with incorrect identifier");
        }
        state = State.FIXED;
        return null;
    }

    private @Nullable ConnectionError dataHead() {
        if (stream == 0) {
            return protocolError("sent DATA frame with incorrect identifier");
        }
        if ((flags & FrameType.PADDED) == 0) {
            state = State.DATA;
            return listener.dataBegins(stream, rest, (flags & FrameType.END_STREAM) != 0);
        }
        if (rest == 0) {
            return sizeError("sent padded DATA frame with incorrect length: 0");
        }
        state = State.PAD_LENGTH;
        return null;
    }

    private @Nullable ConnectionError padLength(int pad) {
        if (type == FrameType.DATA) {
            if (pad >= rest) {
                return protocolError(
                        "sent padded DATA frame with incorrect length: " + rest + ", padding: " + pad);
            }
            int counted = rest;
            rest -= pad + 1;
            padding = pad;
            state = State.DATA;
            return listener.dataBegins(stream, counted, (flags & FrameType.END_STREAM) != 0);
        }
        rest--;
        int before = (flags & FrameType.PRIORITIZED) == 0 ? 0 : PRIORITY_BYTES;
        if (pad > rest - before) {
            return protocolError(
                    "sent padded HEADERS frame with incorrect length: " + (rest - before) + ", padding: " + pad);
        }
        rest -= pad;
        padding = pad;
        return headersBegin();
    }

    private @Nullable ConnectionError headersHead() {
        int before = ((flags & FrameType.PADDED) == 0 ? 0 : 1)
                + ((flags & FrameType.PRIORITIZED) == 0 ? 0 : PRIORITY_BYTES);
        if (rest < before) {
            return sizeError("sent HEADERS frame with incorrect length " + rest);
        }
        if (stream == 0) {
            return protocolError("sent HEADERS frame with incorrect identifier");
        }
        if (rest == before && (flags & FrameType.END_HEADERS) != 0) {
            return sizeError("sent HEADERS frame with empty header block");
        }
        if ((flags & FrameType.PADDED) != 0) {
            state = State.PAD_LENGTH;
            return null;
        }
        return headersBegin();
    }

    private @Nullable ConnectionError headersBegin() {
        block.clear(1 << 14);
        open = stream;
        openEnds = (flags & FrameType.END_STREAM) != 0;
        continuations = 0;
        state = (flags & FrameType.PRIORITIZED) == 0 ? State.BLOCK : State.PRIORITY;
        ConnectionError error = listener.headersBegin(stream, openEnds);
        return error != null ? error : limitBlock();
    }

    private @Nullable ConnectionError continuationHead() {
        if (open == 0) {
            return protocolError("sent unexpected CONTINUATION frame");
        }
        if (++continuations > MAX_CONTINUATIONS) {
            return new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "sent too many CONTINUATION frames");
        }
        state = State.BLOCK;
        return limitBlock();
    }

    private @Nullable ConnectionError limitBlock() {
        return block.length() + rest > maxBlock
                ? new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "sent too large header")
                : null;
    }

    private @Nullable ConnectionError blockEnds() {
        if ((flags & FrameType.END_HEADERS) == 0) {
            listener.headersIncomplete();
            return null;
        }
        int of = open;
        open = 0;
        return listener.headers(of, block, openEnds);
    }

    private @Nullable ConnectionError settingsHead() {
        if (stream != 0) {
            return protocolError("sent SETTINGS frame with incorrect identifier");
        }
        if ((flags & FrameType.ACK) != 0) {
            if (rest != 0) {
                return sizeError("sent SETTINGS frame with the ACK flag and nonzero length");
            }
            state = State.HEAD;
            return listener.settingsAcknowledged();
        }
        if (rest % SETTING_BYTES != 0) {
            return sizeError("sent SETTINGS frame with incorrect length " + rest);
        }
        state = State.SETTING;
        return null;
    }

    private @Nullable ConnectionError priority(boolean withinHeaders) {
        int dependency = number(0);
        return listener.priority(stream, dependency & STREAM_BITS, dependency < 0, (small[4] & 255) + 1, withinHeaders);
    }

    private @Nullable ConnectionError fixed() {
        return switch (type) {
            case FrameType.PRIORITY -> priority(false);
            case FrameType.RST_STREAM -> listener.reset(stream, number(0));
            case FrameType.PING -> listener.ping((long) number(0) << 32 | number(4) & 0xffffffffL,
                    (flags & FrameType.ACK) != 0);
            case FrameType.GOAWAY -> listener.goAway(number(0) & STREAM_BITS, number(4));
            default -> listener.windowUpdate(stream, number(0) & STREAM_BITS);
        };
    }

    private static ConnectionError protocolError(String reason) {
        return new ConnectionError(ErrorCode.PROTOCOL_ERROR, reason);
    }

    private static ConnectionError sizeError(String reason) {
        return new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, reason);
    }
}
