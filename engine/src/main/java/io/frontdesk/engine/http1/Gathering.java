package io.frontdesk.engine.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.LaterSend;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts an answer's parts together for its channel: small ones are copied behind each other into one buffer, which the channel gets with the
 * next large part or flush; large ones it gets as they are. Counts the answer's bytes. Owned by its connection's output, for one answer
 * after the other; used on its loop's thread alone.
 */
final class Gathering {
    /** Parts up to this size are copied; larger ones cost less as a second buffer of the same send. */
    static final int PART_BYTES = 8 * 1024;

    private final Worker worker;
    private final Channel channel;
    private final ChannelQueue queue;
    private @Nullable ByteBuf gathered;
    private long bytes;
    /** Whether something was handed to the channel that it was not told to send yet. */
    private boolean unflushed;
    /** Whether what waits in the channel may keep more memory than its bytes, a receive buffer or a send buffer; over TLS it does not. */
    private boolean lent;

    Gathering(Worker worker, Channel channel, ChannelQueue queue) {
        this.worker = worker;
        this.channel = channel;
        this.queue = queue;
    }

    /** A new answer begins. */
    void begin() {
        bytes = 0;
        lent = false;
    }

    /** Bytes of the answer so far. */
    long bytes() {
        return bytes;
    }

    /** Bytes that wait here, and not in the channel. */
    int gatheredBytes() {
        ByteBuf known = gathered;
        return known == null ? 0 : known.readableBytes();
    }

    /** Whether the channel holds something of which it was not told that it may go. */
    boolean isUnflushed() {
        return unflushed;
    }

    /** Whether what waits in a channel in the clear may keep more memory than its bytes. */
    boolean isLent() {
        return lent;
    }

    /** From here on what waits in the channel keeps no more memory than its bytes, or is nothing: the caller sees to that. */
    void settled() {
        lent = false;
    }

    void append(byte[] part, int offset, int length) {
        roomFor(length).writeBytes(part, offset, length);
        bytes += length;
    }

    /** Copies a part of a buffer, by way of an array: from one direct buffer to another it would make objects. */
    void copy(ByteBuf in, int offset, int length) {
        Bytes part = worker.takeScratch();
        int before = in.readerIndex();
        try {
            in.readerIndex(offset);
            part.take(in, length);
            append(part.array(), 0, length);
        } finally {
            in.readerIndex(before);
            worker.giveBackScratch(part);
        }
    }

    /**
     * Writes a part of {@code size} bytes.
     *
     * @param chunk a buffer or a region of a file, now the callee's
     */
    void take(ReferenceCounted chunk, long size) {
        if (chunk instanceof ByteBuf buffer && size <= PART_BYTES) {
            roomFor((int) size).writeBytes(buffer);
            buffer.release();
            bytes += size;
            return;
        }
        handOver();
        bytes += size;
        if (chunk instanceof FileRegion region) {
            queue.add(region);
        } else {
            lent |= ((ByteBuf) chunk).unwrap() != null;
        }
        unflushed = true;
        channel.write(chunk, channel.voidPromise());
    }

    /** What is gathered, when there is some and so many bytes can be written behind it; {@link #wrote} counts them. */
    @Nullable
    ByteBuf room(int length) {
        ByteBuf to = gathered;
        return to != null && to.writableBytes() >= length ? to : null;
    }

    /** So many bytes were written behind what is gathered. */
    void wrote(int length) {
        bytes += length;
    }

    /** Writes bytes that were counted already to the channel: what is gathered, or what the socket did not take of it. Now the callee's. */
    void writeToChannel(ByteBuf counted) {
        lent |= counted.unwrap() != null || counted.readableBytes() < counted.capacity() / 2;
        unflushed = true;
        channel.write(counted, channel.voidPromise());
    }

    /** Gives what is gathered, which then is nothing; the caller owns it. */
    @Nullable
    ByteBuf give() {
        ByteBuf out = gathered;
        gathered = null;
        return out;
    }

    /** Sends what is gathered, of which there must be some, and behind it the rest of the answer, now the callee's, past the channel. */
    void sendNow(LaterSend send, ByteBuf rest) {
        ByteBuf first = Objects.requireNonNull(give(), "nothing is gathered");
        bytes += rest.readableBytes();
        send.sendNow(first, rest);
    }

    /**
     * Copies what is gathered, of which there must be some, into the buffer in front of {@code length} bytes of the answer at {@code offset}.
     * From here on that slice, head and body, is what is gathered, and the body counts as written. There must be room before the offset, and
     * nobody else may read what stands there.
     */
    void moveInFrontOf(ByteBuf in, int offset, int length) {
        ByteBuf first = Objects.requireNonNull(give(), "nothing is gathered");
        Bytes copied = worker.takeScratch();
        copied.take(first, first.readableBytes());
        first.release();
        int start = offset - copied.length();
        in.setBytes(start, copied.array(), 0, copied.length());
        worker.giveBackScratch(copied);
        gathered = in.retainedSlice(start, offset + length - start);
        bytes += length;
    }

    /** Hands what is gathered to the channel, and lets that send all it has. */
    void flush() {
        handOver();
        unflushed = false;
        channel.flush();
    }

    /** The socket is gone. */
    void release() {
        ByteBuf out = give();
        if (out != null) {
            out.release();
        }
    }

    private void handOver() {
        ByteBuf out = give();
        if (out != null) {
            writeToChannel(out);
        }
    }

    private ByteBuf roomFor(int length) {
        ByteBuf to = gathered;
        if (to != null && to.writableBytes() < length) {
            handOver();
            to = null;
        }
        if (to == null) {
            to = worker.sendBuffer().give(length);
            gathered = to;
        }
        return to;
    }
}
