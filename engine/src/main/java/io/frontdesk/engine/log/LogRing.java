package io.frontdesk.engine.log;

import io.frontdesk.codec.Bytes;
import io.frontdesk.net.ControlPlane;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Lines on their way from one loop to the log thread: a ring of bytes with one writer and one reader, without locks and without
 * allocation. A line lies in one piece: one that would not fit before the ring's end begins at its start, and leaves a gap. A line that
 * finds no room makes its loop drain the ring itself, so that no line is lost.
 */
@ControlPlane("the log thread empties it; a loop does only when its ring is full")
public final class LogRing {
    /** A ring of twice as much can still be had. */
    private static final int MOST_GATHERED = 256 << 20;
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
    /** Where the lines end that lie before the newest line at the ring's start; head says that it is there to be read. */
    private long lapEnd;

    LogRing(LogWriter writer, LogTarget target, int flushBytes, long flushNanos) {
        int gathered = Math.min(flushBytes, MOST_GATHERED);
        int size = Integer.highestOneBit(Math.max(256 * 1024, gathered * 2 - 1) * 2 - 1);
        this.ring = new byte[size];
        this.mask = size - 1;
        this.writer = writer;
        this.target = target;
        this.flushBytes = gathered;
        this.flushNanos = flushNanos;
    }

    /** Puts a line in; by the loop that owns the ring. */
    public void write(Bytes line) {
        int length = line.length();
        long head = (long) HEAD.get(this);
        int left = ring.length - ((int) head & mask);
        long at = length <= left ? head : head + left;
        if (at + length - (long) TAIL.getAcquire(this) > ring.length) {
            drain(true);
            if (at + length - head > ring.length) {
                writer.writeTo(target, line.array(), 0, length);
                return;
            }
        }
        if (flushNanos > 0 && head == (long) TAIL.getAcquire(this)) {
            oldestNanos = System.nanoTime();
        }
        int start = (int) at & mask;
        if (start == 0) {
            lapEnd = head;
        }
        System.arraycopy(line.array(), 0, ring, start, length);
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
        long lap = to & ~(long) mask;
        if (from < lap && lap < to) {
            writeTo(from, lapEnd);
            writeTo(lap, to);
        } else {
            writeTo(from, to);
        }
        TAIL.setRelease(this, to);
        return true;
    }

    private void writeTo(long from, long to) {
        if (from < to) {
            writer.writeTo(target, ring, (int) from & mask, (int) (to - from));
        }
    }

    private boolean isDue(long bytes) {
        return flushBytes == 0 || bytes >= flushBytes
                || flushNanos > 0 && System.nanoTime() - oldestNanos >= flushNanos;
    }
}
