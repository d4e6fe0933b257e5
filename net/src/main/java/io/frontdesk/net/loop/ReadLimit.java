package io.frontdesk.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much one connection may bring with one read into its loop's {@link SharedReceive}: as much as its owner can find a
 * place for when nobody takes it. Owned by its connection, used on its loop's thread alone.
 */
public final class ReadLimit implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    private final SharedReceive shared;
    private int limit;

    /** Reads into {@code shared}, at most {@code limit} bytes at a time. */
    public ReadLimit(SharedReceive shared, int limit) {
        this.shared = shared;
        this.limit = Math.min(limit, shared.size());
    }

    /** The limit of a channel that was registered with one. */
    public static ReadLimit of(Channel channel) {
        return (ReadLimit) channel.config().<RecvByteBufAllocator>getRecvByteBufAllocator();
    }

    /** Sets the limit for the reads to come; what is beyond the shared buffer's size counts as that. */
    public void bytes(int value) {
        limit = Math.min(value, shared.size());
    }

    /** What a read may bring. */
    public int bytes() {
        return limit;
    }

    @Override
    public ExtendedHandle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator preferred) {
        return shared.allocate(limit);
    }

    @Override
    public int guess() {
        return limit;
    }

    @Override
    public void reset(ChannelConfig of) {
        shared.reset(of);
    }

    @Override
    public void incMessagesRead(int count) {
        shared.incMessagesRead(count);
    }

    @Override
    public void lastBytesRead(int bytes) {
        shared.lastBytesRead(bytes);
    }

    @Override
    public int lastBytesRead() {
        return shared.lastBytesRead();
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        shared.attemptedBytesRead(bytes);
    }

    @Override
    public int attemptedBytesRead() {
        return shared.attemptedBytesRead();
    }

    @Override
    public boolean continueReading() {
        return shared.continueReading();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
        return shared.continueReading();
    }

    @Override
    public void readComplete() {
        shared.readComplete();
    }
}
