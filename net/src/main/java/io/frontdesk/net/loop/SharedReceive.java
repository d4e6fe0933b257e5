package io.frontdesk.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The receive buffer that all connections of one loop share. Each read goes into the same large buffer, which is lent
 * to
 * the pipeline for as long as the pipeline retains it: when nobody did, the next read uses it again, so that a small
 * read
 * allocates nothing and an idle connection owns no buffer. A buffer that somebody kept is left to them, and the next
 * read
 * gets a new one.
 *
 * <p>
 * Who keeps received bytes beyond the read must therefore either retain them for a short time, knowing that the whole
 * buffer stays alive, or take them by {@link #settle(ByteBuf, ByteBufAllocator)}.
 *
 * <p>
 * A read that does not fill the buffer is the only one of its readiness: what comes later makes the socket ready again. A
 * read that fills it, or after which the end is known to come, is followed by others, up to
 * {@value #MAX_READS} in all, unless reading was paused meanwhile.
 *
 * <p>
 * Owned by its loop, used on its thread alone; at once the allocator and the only handle of all its channels, because
 * reads of one loop never nest.
 */
public final class SharedReceive implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {

    /** How often a connection may fill the buffer before the others of its loop have their turn. */
    static final int MAX_READS = 4;

    private final ByteBufAllocator allocator;
    private final int size;
    private final ReadHint hint;
    private @Nullable ByteBuf buffer;
    private @Nullable ChannelConfig config;
    private int reads;
    private int attempted;
    private int last;
    private long replaced;

    /** Buffers of {@code size} bytes, from {@code allocator}. */
    public SharedReceive(ByteBufAllocator allocator, int size) {
        this(allocator, size, new ReadHint());
    }

    SharedReceive(ByteBufAllocator allocator, int size, ReadHint hint) {
        this.allocator = allocator;
        this.size = size;
        this.hint = hint;
    }

    /** How many bytes a read can bring. */
    public int size() {
        return size;
    }

    /** How often a buffer had to be made anew because somebody had kept the one before. */
    public long replaced() {
        return replaced;
    }

    /**
     * Takes {@code received} and gives the same bytes in a buffer that may be kept for long: itself when it is most of
     * its
     * memory, otherwise a copy of the right size.
     */
    public static ByteBuf settle(ByteBuf received, ByteBufAllocator allocator) {
        int length = received.readableBytes();
        ByteBuf whole = received;
        for (ByteBuf outer = whole.unwrap(); outer != null; outer = whole.unwrap()) {
            whole = outer;
        }
        if (length >= whole.capacity() / 2) {
            return received;
        }
        try {
            return allocator.directBuffer(length).writeBytes(received, received.readerIndex(), length);
        } finally {
            received.release();
        }
    }

    /** Gives the buffer back; the next read would make another. */
    void close() {
        ByteBuf current = buffer;
        if (current != null) {
            buffer = null;
            current.release();
        }
    }

    @Override
    public ExtendedHandle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator preferred) {
        return allocate(size);
    }

    /** The buffer with room for {@code limit} bytes: what is before them stays unused. */
    ByteBuf allocate(int limit) {
        ByteBuf current = whole();
        return current.setIndex(size - limit, size - limit);
    }

    private ByteBuf whole() {
        ByteBuf current = buffer;
        if (current != null) {
            if (current.refCnt() == 1) {
                return current.clear().retain();
            }
            current.release();
            replaced++;
        }
        current = allocator.directBuffer(size, size);
        buffer = current;
        return current.retain();
    }

    @Override
    public int guess() {
        return size;
    }

    @Override
    public void reset(ChannelConfig of) {
        config = of;
        reads = 0;
        last = 0;
        attempted = 0;
    }

    @Override
    public void incMessagesRead(int count) {
        reads += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
        last = bytes;
    }

    @Override
    public int lastBytesRead() {
        return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attempted;
    }

    @Override
    public boolean continueReading() {
        ChannelConfig of = config;
        return last > 0 && (last == attempted || hint.ending) && reads < MAX_READS && of != null && of.isAutoRead();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
        return continueReading();
    }

    @Override
    public void readComplete() {
        config = null;
        hint.drained = hint.ending ? last <= 0 : last < attempted;
    }
}
