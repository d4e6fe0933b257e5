package io.frontdesk.engine.worker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that heads and small parts are put together in before they are sent. As long as the system takes all at once, which it nearly
 * always does, each message uses the same memory again; one that has to wait keeps its buffer, and the next gets another. Loop only.
 */
public final class SendBuffer {
    /** What one buffer holds. */
    public static final int CAPACITY = 16 * 1024;

    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf current;
    private boolean closed;

    SendBuffer(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Gives an empty direct buffer with room for {@code size} bytes; the caller owns it. */
    public ByteBuf give(int size) {
        if (size > CAPACITY || closed) {
            return allocator.directBuffer(size);
        }
        ByteBuf known = current;
        if (known != null) {
            if (known.refCnt() == 1) {
                return known.clear().retain();
            }
            known.release();
        }
        ByteBuf fresh = allocator.directBuffer(CAPACITY, CAPACITY);
        current = fresh;
        return fresh.retain();
    }

    /** Lets go of the memory: the loop ends. */
    void close() {
        closed = true;
        ByteBuf known = current;
        if (known != null) {
            current = null;
            known.release();
        }
    }
}
