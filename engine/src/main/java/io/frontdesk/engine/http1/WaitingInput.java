package io.frontdesk.engine.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent behind a request that runs: its pipeline, or a body that nobody reads yet. When it is much, the socket is no longer
 * read. Owned by its connection, used on its loop's thread alone.
 */
final class WaitingInput {
    /** Input that may wait before the socket is no longer read. */
    static final int MAX_BYTES = 64 * 1024;
    private static final int MIN_CAPACITY = 1024;

    private final Channel channel;
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf held;

    WaitingInput(Channel channel, ByteBufAllocator allocator) {
        this.channel = channel;
        this.allocator = allocator;
    }

    boolean isEmpty() {
        return held == null;
    }

    /** Takes bytes behind those that wait already. */
    void append(ByteBuf in) {
        ByteBuf before = held;
        if (before == null) {
            throw new IllegalStateException();
        }
        // What is read already makes room, once it is the larger part.
        before.discardSomeReadBytes().writeBytes(in);
        in.release();
    }

    /**
     * Keeps what is left of {@code in}; gives whether it kept the buffer itself, so that the caller owns it no more. One that {@code waited}
     * before, and that nobody else holds, does so again: a long pipeline would be copied anew for each of its requests. When little is left
     * of it, a smaller one will do.
     */
    boolean keep(ByteBuf in, boolean waited) {
        int left = in.readableBytes();
        boolean keeps = waited && in.refCnt() == 1 && left >= in.capacity() / 4;
        held = keeps ? in : allocator.buffer(Math.max(MIN_CAPACITY, left)).writeBytes(in);
        limit();
        return keeps;
    }

    /** Stops reading when enough waits. */
    void limit() {
        ByteBuf now = held;
        if (now != null && now.readableBytes() > MAX_BYTES) {
            channel.config().setAutoRead(false);
        }
    }

    /** Gives what waits, which waits no longer; null when nothing does. */
    @Nullable
    ByteBuf give() {
        ByteBuf given = held;
        held = null;
        return given;
    }

    /** Throws away what waits. */
    void release() {
        ByteBuf gone = give();
        if (gone != null) {
            gone.release();
        }
    }
}
