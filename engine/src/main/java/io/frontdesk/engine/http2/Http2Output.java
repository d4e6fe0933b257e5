package io.frontdesk.engine.http2;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http2.FrameType;
import io.frontdesk.codec.http2.FrameWriter;
import io.frontdesk.codec.http2.HeaderBlockWriter;
import io.frontdesk.engine.client.SendTimeout;
import io.frontdesk.engine.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on an HTTP/2 connection: frames are gathered, and go out in one send a turn of the loop. Streams that may not send now wait
 * in a line, and have their turns one after the other. Owned by its connection; loop only.
 */
final class Http2Output implements SendTimeout.Watched {
    /** Parts up to this size are copied behind the head of their frame; larger ones cost less as a buffer of the same send. */
    private static final int GATHER_BYTES = 4 * 1024;

    private final Http2Connection connection;
    private final Worker worker;
    private final Channel channel;
    private final SendTimeout sendTimeout;
    private final HeaderBlockWriter blocks = new HeaderBlockWriter();
    private final ArrayDeque<Http2Stream> waiting = new ArrayDeque<>(2);
    private @Nullable ByteBuf gathered;
    private long window = FrameType.DEFAULT_WINDOW;
    private int maxFrame = FrameType.DEFAULT_MAX_FRAME;
    private long frameBytes;
    private boolean flushes;
    private boolean pumping;
    private boolean closed;

    Http2Output(Http2Connection connection, Worker worker, Channel channel) {
        this.connection = connection;
        this.worker = worker;
        this.channel = channel;
        this.sendTimeout = new SendTimeout(worker.wheel(), this);
    }

    // ---- windows

    /** How much content the connection may send. */
    long window() {
        return window;
    }

    /** The client takes more; false when the window would be too large. */
    boolean widen(int increment) {
        if (window + increment > FrameType.LARGEST_WINDOW) {
            return false;
        }
        window += increment;
        pump();
        return true;
    }

    int maxFrame() {
        return maxFrame;
    }

    void maxFrame(int bytes) {
        maxFrame = bytes;
    }

    HeaderBlockWriter blocks() {
        return blocks;
    }

    /** All bytes of frames that were written, for the ratio of frames to content. */
    long frameBytes() {
        return frameBytes;
    }

    /** Whether streams may hand in more. */
    boolean isWritable() {
        return !closed && channel.isWritable();
    }

    /** Whether the client is so slow to read that nothing more is read from it. */
    boolean isClogged() {
        return !channel.isWritable();
    }

    /** A stream wants to send and may not now. */
    void await(Http2Stream stream) {
        if (!stream.isWaiting()) {
            stream.waits(true);
            waiting.add(stream);
        }
    }

    /** Gives each waiting stream a turn, as long as there is room. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            for (int left = waiting.size(); left > 0 && isWritable() && window > 0; left--) {
                Http2Stream stream = waiting.poll();
                if (stream == null) {
                    break;
                }
                stream.waits(false);
                stream.turn();
            }
        } finally {
            pumping = false;
        }
    }

    // ---- frames

    private ByteBuf room(int length) {
        ByteBuf to = gathered;
        if (to != null && to.writableBytes() < length) {
            writeGathered();
            to = null;
        }
        if (to == null) {
            to = worker.sendBuffer().give(length);
            gathered = to;
        }
        frameBytes += length;
        return to;
    }

    private void writeGathered() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            channel.write(out, channel.voidPromise());
        }
    }

    /** A buffer with room for a frame without content. */
    ByteBuf control() {
        flushLater();
        return room(FrameWriter.CONTROL_BYTES);
    }

    void settings(int... pairs) {
        FrameWriter.settings(room(FrameType.HEAD_BYTES + pairs.length * 3), pairs);
        flushLater();
    }

    /** Writes a header block; gives how many bytes went out. */
    int headers(int stream, Bytes block, boolean last) {
        int size = FrameWriter.headersBytes(block, maxFrame);
        FrameWriter.headers(room(size), stream, block, last, maxFrame);
        return size;
    }

    /** Begins a DATA frame; its content follows at once. */
    void dataHead(int stream, int length, boolean last) {
        window -= length;
        FrameWriter.dataHead(room(FrameType.HEAD_BYTES), stream, length, last);
    }

    /** Writes content of the frame that was begun, from a buffer that is lent. */
    void content(ByteBuf from, int length) {
        if (length <= GATHER_BYTES) {
            room(length).writeBytes(from, length);
            return;
        }
        writeGathered();
        frameBytes += length;
        channel.write(from.readRetainedSlice(length), channel.voidPromise());
    }

    /** Writes a DATA frame that only ends its stream. */
    void end(int stream) {
        FrameWriter.dataHead(room(FrameType.HEAD_BYTES), stream, 0, true);
    }

    // ---- sends

    /** Sends what was written as this turn ends. */
    void flushLater() {
        if (!flushes) {
            flushes = true;
            if (!connection.isReading()) {
                worker.loop().execute(this::flush);
            }
        }
    }

    /** Sends what was written. */
    void flush() {
        if (!flushes && gathered == null) {
            return;
        }
        flushes = false;
        if (closed) {
            return;
        }
        writeGathered();
        channel.flush();
        long pending = pendingBytes();
        if (pending > 0) {
            if (!sendTimeout.isArmed()) {
                sendTimeout.arm(pending);
            }
        } else {
            sendTimeout.disarm();
        }
    }

    /** Bytes that the system has not taken. */
    long pendingBytes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        ByteBuf small = gathered;
        return (out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress())
                + (small == null ? 0 : small.readableBytes());
    }

    @Override
    public long waitingBytes() {
        return closed ? 0 : pendingBytes();
    }

    @Override
    public long sendTimeoutMillis() {
        return connection.core().sendTimeoutMillis();
    }

    @Override
    public void sendTimedOut() {
        connection.guarded(connection::sendTimedOut);
    }

    void close() {
        closed = true;
        sendTimeout.release();
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            out.release();
        }
        waiting.clear();
    }
}
