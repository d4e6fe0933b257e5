package io.frontdesk.engine.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;

/**
 * What a channel was given to send and has not sent yet, regions of files included, of whose bytes Netty keeps no count; of a closed one,
 * nothing. Owned by its output, used on its loop's thread alone.
 */
final class ChannelQueue {
    private final Channel channel;
    /** Those that may not have gone out whole, in their order. */
    private final ArrayDeque<FileRegion> regions = new ArrayDeque<>(2);

    ChannelQueue(Channel channel) {
        this.channel = channel;
    }

    /** How many bytes a buffer or a region has to send. */
    static long size(ReferenceCounted chunk) {
        return chunk instanceof ByteBuf buffer ? buffer.readableBytes() : ((FileRegion) chunk).count();
    }

    /** A new answer begins, with nothing left of the one before. */
    void begin() {
        regions.clear();
    }

    /** The channel was given this region. */
    void add(FileRegion region) {
        regions.add(region);
    }

    boolean isEmpty() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null || out.isEmpty();
    }

    /** Bytes of all buffers that are not sent to their end. */
    long bufferBytes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /** Bytes of buffers and regions that are not sent. */
    long bytes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress() + regionBytes();
    }

    /** Bytes of regions that are not sent. */
    long regionBytes() {
        if (regions.isEmpty()) {
            return 0;
        }
        long bytes = 0;
        while (!regions.isEmpty() && regions.peek().transferred() == regions.peek().count()) {
            regions.poll();
        }
        for (FileRegion region : regions) {
            bytes += region.count() - region.transferred();
        }
        return bytes;
    }

    /** Moves what is left of all flushed buffers, when there are no regions, behind what is in {@code to}. */
    void moveTo(ByteBuf to) {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        while (out != null && out.current() instanceof ByteBuf part) {
            to.writeBytes(part, part.readerIndex(), part.readableBytes());
            out.remove();
        }
    }
}
