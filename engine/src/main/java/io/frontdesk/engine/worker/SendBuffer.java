package io.frontdesk.engine.worker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that heads and small parts are put together in before they are sent. What is sent by the end of the turn leaves its buffer
 * to the next turn; one that has to wait keeps its buffer, and another takes its place. Loop only.
 */
public final class SendBuffer {
    /** What one buffer holds. Memory that is not written to is not resident. */
    public static final int CAPACITY = 16 * 1024;
    private static final int SLOTS = 128;
    /** Buffers of whole pages would compete for the same lines of the cache; each begins a little further on. */
    private static final int COLOURS = 13;
    private static final int COLOUR_BYTES = 320;
    private static final int SIZE = CAPACITY + COLOURS * COLOUR_BYTES;

    private final ByteBufAllocator allocator;
    private final LongSupplier turns;
    private final @Nullable ByteBuf[] slots = new ByteBuf[SLOTS];
    private int next;
    private long turn;
    private boolean closed;

    SendBuffer(ByteBufAllocator allocator, LongSupplier turns) {
        this.allocator = allocator;
        this.turns = turns;
    }

    /** Gives an empty direct buffer with room for {@code size} bytes; the caller owns it. */
    public ByteBuf give(int size) {
        if (size > CAPACITY || closed) {
            return allocator.directBuffer(size);
        }
        long now = turns.getAsLong();
        if (now != turn) {
            turn = now;
            next = 0;
        }
        int slot = next;
        next = slot + 1 & SLOTS - 1;
        ByteBuf known = slots[slot];
        if (known != null && known.refCnt() > 1) {
            known.release();
            known = null;
        }
        if (known == null) {
            known = allocator.directBuffer(SIZE, SIZE);
            slots[slot] = known;
        }
        int colour = slot % COLOURS * COLOUR_BYTES;
        return known.setIndex(colour, colour).retain();
    }

    /** Lets go of the memory: the loop ends. */
    void close() {
        closed = true;
        for (int i = 0; i < SLOTS; i++) {
            ByteBuf known = slots[i];
            if (known != null) {
                slots[i] = null;
                known.release();
            }
        }
    }
}
