package io.frontdesk.engine.log;

import io.frontdesk.codec.Bytes;
import io.frontdesk.net.ControlPlane;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Lines on their way from one loop to the log thread: a ring of bytes with one writer and one reader, without locks and without
 * allocation. A line that finds no room makes its loop drain the ring itself, so that no line is lost.
 */
@ControlPlane("the log thread empties it; a loop does only when its ring is full")
public final class LogRing {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(LogRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(LogRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] ring;
    private final int mask;
    private final LogTarget target;
    private final int flushBytes;
    private final long flushNanos;
    private final LogWriter writer;
    @SuppressWarnings("unused")
    private volatile long head;
    @SuppressWarnings("unused")
    private volatile long tail;
    private volatile long oldestNanos;

    LogRing(LogWriter writer, LogTarget target, int flushBytes, long flushNanos) {
        int size = Integer.highestOneBit(Math.max(256 * 1024, flushBytes * 2 - 1) * 2 - 1);
        this.ring = new byte[size];
        this.mask = size - 1;
        this.writer = writer;
        this.target = target;
        this.flushBytes = flushBytes;
        this.flushNanos = flushNanos;
    }

    /** Puts a line in; by the loop that owns the ring. */
    public void write(Bytes line) {
        int length = line.length();
        long at = (long) HEAD.get(this);
        if (ring.length - (at - (long) TAIL.getAcquire(this)) < length) {
            drain(true);
            if (length > ring.length) {
                writer.writeTo(target, line.array(), 0, length);
                return;
            }
        }
        if (flushNanos > 0 && at == (long) TAIL.getAcquire(this)) {
            oldestNanos = System.nanoTime();
        }
        int start = (int) at & mask;
        int first = Math.min(length, ring.length - start);
        System.arraycopy(line.array(), 0, ring, start, first);
        System.arraycopy(line.array(), first, ring, 0, length - first);
        if (at + length - (long) TAIL.getAcquire(this) < flushBytes) {
            HEAD.setRelease(this, at + length);
            return;
        }
        // Before the writer is asked whether it sleeps; dear.
        HEAD.setVolatile(this, at + length);
        writer.wake();
    }

    /** Whether lines wait for more of them. */
    boolean gathers() {
        return flushBytes > 0;
    }

    /** Hands what is there to the target: all of it when forced, otherwise when it is due. Any thread, one at a time. */
    synchronized boolean drain(boolean forced) {
        long from = (long) TAIL.get(this);
        long to = (long) HEAD.getAcquire(this);
        if (from == to || !forced && !isDue(to - from)) {
            return false;
        }
        int start = (int) from & mask;
        int length = (int) (to - from);
        if (start + length <= ring.length) {
            writer.writeTo(target, ring, start, length);
        } else {
            byte[] whole = new byte[length];
            int first = ring.length - start;
            System.arraycopy(ring, start, whole, 0, first);
            System.arraycopy(ring, 0, whole, first, length - first);
            writer.writeTo(target, whole, 0, length);
        }
        TAIL.setRelease(this, to);
        return true;
    }

    private boolean isDue(long bytes) {
        return flushBytes == 0 || bytes >= flushBytes
                || flushNanos > 0 && System.nanoTime() - oldestNanos >= flushNanos;
    }
}
