package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/2 connection that carries one stream at a time, as nginx's do: cuts what comes into frames, answers those
 * about the connection, keeps the windows. Content is handed out where it lies; a header block once it is whole. How much we take is up to
 * who reads the socket: with one stream there is nobody else whom a full window would spare, so that windows are as large as can be and the
 * socket's own holds the peer up. Owned by a connection, on its loop; knows no socket and no clock.
 */
public final class ClientSession {
    /** What {@link #next} found. */
    public enum Event {
        /** All bytes were taken; more are needed. */
        MORE,
        /** A run of content lies at {@link #dataOffset}. */
        DATA,
        /** A header block is whole: {@link #block}. */
        BLOCK,
        /** The peer has reset the stream: {@link #error}. */
        RESET,
        /** What came is no HTTP/2, or not for us: {@link #complaint}. */
        REFUSED
    }

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAX_WINDOW = Integer.MAX_VALUE;
    private static final int USUAL_WINDOW = 65_535;
    private static final int LAST_STREAM = Integer.MAX_VALUE - 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    /** nginx: as many answers to control frames wait for a peer that does not read. */
    private static final int MAX_WAITING_BYTES = 17_000;
    /** As many frames may come in a row that bring neither a head, nor content, nor room for some. */
    private static final int MAX_IDLE_FRAMES = 10_000;
    /** An empty CONTINUATION frame is legitimate; a row of them is an attack. */
    private static final int MAX_EMPTY_PARTS = 16;
    private static final int KEPT_BLOCK_BYTES = 16_384;

    private final byte[] head = new byte[ClientFrames.HEAD_BYTES];
    private int headBytes;
    private final byte[] unit = new byte[8];
    private int unitBytes;
    private int type;
    private int flags;
    private int frameStream;
    private int rest;
    private int padding;
    private boolean prefixed;
    private boolean inBlock;
    private int emptyParts;

    private final Bytes block = new Bytes(0);
    private int blockLimit;
    private boolean blockEndsStream;
    private final Bytes output = new Bytes(0);
    private int idleFrames;

    private boolean begun;
    private int lastStream = -1;
    private int stream;
    private boolean headSeen;
    private boolean ended;
    private boolean reset;
    private boolean goneAway;
    private int initialWindow = USUAL_WINDOW;
    private int sendWindow = USUAL_WINDOW;
    private int streamSendWindow;
    private int receiveWindow = MAX_WINDOW;
    private int streamReceiveWindow;

    private int dataOffset;
    private int dataLength;
    private int error;
    private @Nullable String complaint;

    // ---- what we send

    /** Begins the next stream: writes what begins the connection if it is the first; gives the stream's number. */
    public int beginStream(Bytes out, int headLimitBytes) {
        if (!begun) {
            begun = true;
            out.write(PREFACE);
            ClientFrames.head(out, 18, ClientFrames.SETTINGS, 0, 0);
            ClientFrames.setting(out, 1, 0); // no table for header blocks
            ClientFrames.setting(out, 2, 0); // nothing is pushed
            ClientFrames.setting(out, INITIAL_WINDOW_SIZE, MAX_WINDOW);
            ClientFrames.windowUpdate(out, 0, MAX_WINDOW - USUAL_WINDOW);
        }
        lastStream += 2;
        stream = lastStream;
        streamSendWindow = initialWindow;
        streamReceiveWindow = MAX_WINDOW;
        // what a block may have on the wire: the code of a text may be longer than the text
        blockLimit = 4 * headLimitBytes + 1024;
        headSeen = false;
        ended = false;
        reset = false;
        idleFrames = 0;
        return stream;
    }

    /** The number of the stream that is open. */
    public int stream() {
        return stream;
    }

    /** A final head has been read: content may follow. */
    public void headRead() {
        headSeen = true;
    }

    /** The stream is over on both sides. */
    public void endStream() {
        stream = 0;
    }

    /** Whether another stream may be begun once this one is over. */
    public boolean isReusable() {
        return !goneAway && complaint == null && !inBlock && lastStream < LAST_STREAM;
    }

    /** How much content the peer takes now. */
    public int sendRoom() {
        return Math.max(0, Math.min(sendWindow, streamSendWindow));
    }

    /** So much content was sent. */
    public void sent(int bytes) {
        sendWindow -= bytes;
        streamSendWindow -= bytes;
        idleFrames = 0;
    }

    /** Answers to the peer's control frames, for whoever reads to send; to be cleared then. */
    public Bytes output() {
        return output;
    }

    // ---- what comes

    /** Whether the peer has ended the stream. */
    public boolean isEnded() {
        return ended;
    }

    /** Where in the buffer the content lies. */
    public int dataOffset() {
        return dataOffset;
    }

    /** How long it is. */
    public int dataLength() {
        return dataLength;
    }

    /** The block that is whole; until the next call of {@link #next}. */
    public Bytes block() {
        return block;
    }

    /** The code that the stream was reset by. */
    public long error() {
        return error & 0xffff_ffffL;
    }

    /** Why all is over, in nginx's words. */
    public String complaint() {
        return String.valueOf(complaint);
    }

    /** Reads on while no stream is open; false when the connection is of no use any more. */
    public boolean readIdle(ByteBuf in) {
        return next(in) == Event.MORE && !goneAway;
    }

    /** Reads on. */
    public Event next(ByteBuf in) {
        if (complaint != null) {
            return Event.REFUSED;
        }
        while (true) {
            if (headBytes < ClientFrames.HEAD_BYTES) {
                int count = Math.min(in.readableBytes(), ClientFrames.HEAD_BYTES - headBytes);
                in.readBytes(head, headBytes, count);
                headBytes += count;
                if (headBytes < ClientFrames.HEAD_BYTES) {
                    return Event.MORE;
                }
                String wrong = beginFrame();
                if (wrong != null) {
                    return refuse(wrong);
                }
            }
            Event event = readPayload(in);
            if (event != null) {
                return event;
            }
        }
    }

    private @Nullable String beginFrame() {
        rest = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
        type = head[3] & 0xff;
        flags = head[4] & 0xff;
        frameStream = (head[5] & 0x7f) << 24 | (head[6] & 0xff) << 16 | (head[7] & 0xff) << 8 | head[8] & 0xff;
        padding = 0;
        prefixed = false;
        unitBytes = 0;
        if (rest > ClientFrames.PAYLOAD_BYTES) {
            return "too large http2 frame: " + rest;
        }
        if (inBlock != (type == ClientFrames.CONTINUATION) || type == ClientFrames.DATA && !headSeen && stream != 0) {
            return "unexpected http2 frame: " + type;
        }
        if (type == ClientFrames.DATA && frameStream != stream) {
            return "data frame for unknown stream " + frameStream;
        }
        if (frameStream != 0 && frameStream != stream && !isLate()) {
            return "frame for unknown stream " + frameStream;
        }
        if (frameStream != 0 && ended && type != ClientFrames.RST_STREAM && type != ClientFrames.WINDOW_UPDATE
                && type <= ClientFrames.CONTINUATION && type != ClientFrames.PRIORITY) {
            return "frame for closed stream " + frameStream;
        }
        if (type != ClientFrames.DATA && type != ClientFrames.HEADERS && ++idleFrames > MAX_IDLE_FRAMES) {
            return "too many frames";
        }
        return beginKnown();
    }

    /** What may still come for a stream that is over (RFC 9113 §5.1). */
    private boolean isLate() {
        return stream == 0 && frameStream == lastStream
                && (type == ClientFrames.RST_STREAM || type == ClientFrames.WINDOW_UPDATE
                        || type == ClientFrames.PRIORITY);
    }

    private @Nullable String beginKnown() {
        return switch (type) {
            case ClientFrames.DATA -> beginData();
            case ClientFrames.HEADERS -> {
                int least = (flags & ClientFrames.PADDED) == 0 ? 0 : 1;
                least += (flags & ClientFrames.PRIORITIZED) == 0 ? 0 : 5;
                if (frameStream == 0) {
                    yield "unexpected http2 frame: " + type;
                }
                if (rest < least) {
                    yield "headers frame with invalid length: " + rest;
                }
                block.clear(KEPT_BLOCK_BYTES);
                inBlock = true;
                emptyParts = 0;
                blockEndsStream = (flags & ClientFrames.END_STREAM) != 0;
                yield null;
            }
            case ClientFrames.CONTINUATION -> {
                prefixed = true;
                if (frameStream != stream) {
                    yield "unexpected http2 frame: " + type;
                }
                yield rest == 0 && ++emptyParts > MAX_EMPTY_PARTS ? "too many http2 frames for one header" : null;
            }
            case ClientFrames.RST_STREAM -> frameStream == 0
                    ? "frame for unknown stream 0"
                    : lengthIs(4, "rst stream frame");
            case ClientFrames.WINDOW_UPDATE -> lengthIs(4, "window update frame");
            case ClientFrames.PUSH_PROMISE -> "unexpected push promise frame";
            case ClientFrames.SETTINGS -> beginSettings();
            case ClientFrames.PING -> {
                if ((flags & ClientFrames.ACK) != 0) {
                    yield "ping frame with ack flag";
                }
                if (output.length() > MAX_WAITING_BYTES) {
                    yield "too many ping frames";
                }
                String wrong = streamIs0("ping frame");
                yield wrong == null ? lengthIs(8, "ping frame") : wrong;
            }
            case ClientFrames.GOAWAY -> {
                String wrong = streamIs0("goaway frame");
                yield wrong != null || rest >= 8 ? wrong : "goaway frame with invalid length: " + rest;
            }
            default -> null;
        };
    }

    private @Nullable String beginData() {
        if (rest > streamReceiveWindow || rest > receiveWindow) {
            return "violated flow control, received " + rest + " data frame with window "
                    + Math.min(streamReceiveWindow, receiveWindow);
        }
        streamReceiveWindow -= rest;
        receiveWindow -= rest;
        if (Math.min(receiveWindow, streamReceiveWindow) < MAX_WINDOW / 4) {
            ClientFrames.windowUpdate(output, 0, MAX_WINDOW - receiveWindow);
            ClientFrames.windowUpdate(output, stream, MAX_WINDOW - streamReceiveWindow);
            receiveWindow = MAX_WINDOW;
            streamReceiveWindow = MAX_WINDOW;
        }
        if ((flags & ClientFrames.PADDED) != 0 && rest == 0) {
            return "too short http2 frame";
        }
        if (rest == 0 && (flags & ClientFrames.END_STREAM) == 0 && ++idleFrames > MAX_IDLE_FRAMES) {
            return "too many frames";
        }
        return null;
    }

    private @Nullable String beginSettings() {
        String wrong = streamIs0("settings frame");
        if (wrong != null) {
            return wrong;
        }
        if ((flags & ClientFrames.ACK) != 0) {
            return rest == 0 ? null : "settings frame with ack flag and non-zero length: " + rest;
        }
        if (output.length() > MAX_WAITING_BYTES) {
            return "too many settings frames";
        }
        return rest % 6 == 0 ? null : "settings frame with invalid length: " + rest;
    }

    private @Nullable String streamIs0(String what) {
        return frameStream == 0 ? null : what + " with non-zero stream id: " + frameStream;
    }

    private @Nullable String lengthIs(int length, String what) {
        return rest == length ? null : what + " with invalid length: " + rest;
    }

    /** Reads on in a frame; null when there is nothing to tell of. */
    private @Nullable Event readPayload(ByteBuf in) {
        return switch (type) {
            case ClientFrames.DATA -> readData(in);
            case ClientFrames.HEADERS, ClientFrames.CONTINUATION -> readBlock(in);
            case ClientFrames.SETTINGS -> readSettings(in);
            case ClientFrames.RST_STREAM, ClientFrames.WINDOW_UPDATE, ClientFrames.PING, ClientFrames.GOAWAY ->
                readUnit(
                        in);
            default -> skip(in);
        };
    }

    private void endFrame() {
        headBytes = 0;
    }

    private @Nullable Event skip(ByteBuf in) {
        int count = Math.min(rest, in.readableBytes());
        in.skipBytes(count);
        rest -= count;
        if (rest > 0) {
            return Event.MORE;
        }
        endFrame();
        return null;
    }

    private @Nullable Event readData(ByteBuf in) {
        if (!prefixed) {
            if ((flags & ClientFrames.PADDED) != 0) {
                if (!in.isReadable()) {
                    return Event.MORE;
                }
                padding = in.readByte() & 0xff;
                rest--;
                if (padding > rest) {
                    return refuse("http2 frame with too long padding: " + padding + " in frame " + rest);
                }
            }
            prefixed = true;
        }
        int content = rest - padding;
        int count = Math.min(content, in.readableBytes());
        if (content > 0 && count == 0) {
            return Event.MORE;
        }
        dataOffset = in.readerIndex();
        dataLength = count;
        in.skipBytes(count);
        rest -= count;
        if (rest > padding) {
            idleFrames = 0;
            return Event.DATA;
        }
        int skipped = Math.min(rest, in.readableBytes());
        in.skipBytes(skipped);
        rest -= skipped;
        padding -= skipped;
        if (rest == 0) {
            endFrame();
            ended = (flags & ClientFrames.END_STREAM) != 0;
        }
        if (count > 0 || ended) {
            idleFrames = 0;
            return Event.DATA;
        }
        return rest == 0 ? null : Event.MORE;
    }

    private @Nullable Event readBlock(ByteBuf in) {
        if (!prefixed) {
            int length = ((flags & ClientFrames.PADDED) == 0 ? 0 : 1)
                    + ((flags & ClientFrames.PRIORITIZED) == 0 ? 0 : 5);
            if (!fillUnit(in, length)) {
                return Event.MORE;
            }
            padding = (flags & ClientFrames.PADDED) == 0 ? 0 : unit[0] & 0xff;
            if (padding > rest) {
                return refuse("http2 frame with too long padding: " + padding + " in frame " + rest);
            }
            prefixed = true;
        }
        int count = Math.min(rest - padding, in.readableBytes());
        if (block.length() + count > blockLimit) {
            return refuse("too large http2 header");
        }
        block.take(in, count);
        rest -= count;
        if (rest > padding) {
            return Event.MORE;
        }
        int skipped = Math.min(rest, in.readableBytes());
        in.skipBytes(skipped);
        rest -= skipped;
        padding -= skipped;
        if (rest > 0) {
            return Event.MORE;
        }
        endFrame();
        if ((flags & ClientFrames.END_HEADERS) == 0) {
            return null;
        }
        inBlock = false;
        ended = blockEndsStream;
        idleFrames = 0;
        return Event.BLOCK;
    }

    /** Takes bytes until the unit has so many. */
    private boolean fillUnit(ByteBuf in, int length) {
        int count = Math.min(in.readableBytes(), length - unitBytes);
        in.readBytes(unit, unitBytes, count);
        unitBytes += count;
        rest -= count;
        if (unitBytes < length) {
            return false;
        }
        unitBytes = 0;
        return true;
    }

    private int unitInt(int at) {
        return (unit[at] & 0xff) << 24 | (unit[at + 1] & 0xff) << 16 | (unit[at + 2] & 0xff) << 8 | unit[at + 3] & 0xff;
    }

    private @Nullable Event readSettings(ByteBuf in) {
        while (rest > 0) {
            if (!fillUnit(in, 6)) {
                return Event.MORE;
            }
            if (unit[0] == 0 && unit[1] == INITIAL_WINDOW_SIZE) {
                int value = unitInt(2);
                // RFC 9113 §6.9.2: the difference counts for the stream that is open, too
                long window = (long) streamSendWindow + value - initialWindow;
                if (value < 0 || stream != 0 && window > MAX_WINDOW) {
                    return refuse("settings frame with too large initial window size: " + (value & 0xffff_ffffL));
                }
                initialWindow = value;
                streamSendWindow = (int) Math.min(window, MAX_WINDOW);
            }
        }
        endFrame();
        if ((flags & ClientFrames.ACK) == 0) {
            ClientFrames.head(output, 0, ClientFrames.SETTINGS, ClientFrames.ACK, 0);
        }
        return null;
    }

    private @Nullable Event readUnit(ByteBuf in) {
        if (!prefixed) {
            if (!fillUnit(in, Math.min(rest + unitBytes, 8))) {
                return Event.MORE;
            }
            prefixed = true;
            Event event = switch (type) {
                case ClientFrames.RST_STREAM -> takeReset();
                case ClientFrames.WINDOW_UPDATE -> widen();
                case ClientFrames.PING -> {
                    ClientFrames.head(output, 8, ClientFrames.PING, ClientFrames.ACK, 0);
                    output.write(unit, 0, 8);
                    yield null;
                }
                default -> goAway();
            };
            if (event != null) {
                endFrame();
                return event;
            }
        }
        return skip(in);
    }

    private @Nullable Event takeReset() {
        error = unitInt(0);
        if (!ended && stream != 0) {
            return Event.RESET;
        }
        // RFC 9113 §8.1: a whole answer may be followed by "and don't send the rest of your request"
        if (error != 0 && stream != 0) {
            return Event.RESET;
        }
        if (reset) {
            return refuse("frame for closed stream " + frameStream);
        }
        reset = true;
        return null;
    }

    private @Nullable Event widen() {
        int more = unitInt(0) & 0x7fff_ffff;
        if (more == 0) {
            return refuse("zero window update");
        }
        int window = frameStream == 0 ? sendWindow : streamSendWindow;
        if ((long) window + more > MAX_WINDOW) {
            return refuse("too large window update");
        }
        if (frameStream == 0) {
            sendWindow += more;
        } else {
            streamSendWindow += more;
        }
        return null;
    }

    private @Nullable Event goAway() {
        int last = unitInt(0) & 0x7fff_ffff;
        goneAway = true;
        error = unitInt(4);
        // the peer promises that it has not begun with a stream of a higher number
        return last < stream ? refuse("goaway with error " + error()) : null;
    }

    private Event refuse(String what) {
        complaint = (what.startsWith("violated") ? "upstream " : "upstream sent ") + what;
        return Event.REFUSED;
    }
}
