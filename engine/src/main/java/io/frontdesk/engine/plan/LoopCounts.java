package io.frontdesk.engine.plan;

import io.frontdesk.net.ControlPlane;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A number that many loops change: a part for each, which that loop alone writes, so that a change is an addition and no locked one. What
 * a loop did before its part became smaller has happened for who sees the sum.
 */
@ControlPlane("a loop joins once, by the control plane")
final class LoopCounts {
    /** The parts of two loops are never in one line of a processor's cache, or in neighbouring ones. */
    private static final int PADDING = 16;

    private volatile AtomicLongArray[] parts = new AtomicLongArray[0];

    /** Makes room for a loop. Any thread. */
    synchronized void join(int loop) {
        AtomicLongArray[] grown = Arrays.copyOf(parts, Math.max(parts.length, loop + 1));
        for (int i = 0; i < grown.length; i++) {
            if (grown[i] == null) {
                grown[i] = new AtomicLongArray(2 * PADDING);
            }
        }
        parts = grown;
    }

    /** Adds to the part of a loop that has joined; that loop only. */
    void add(int loop, long n) {
        AtomicLongArray part = parts[loop];
        part.setRelease(PADDING, part.getPlain(PADDING) + n);
    }

    /** All parts together; exact once no loop adds. Any thread. */
    long sum() {
        long sum = 0;
        for (AtomicLongArray part : parts) {
            sum += part.getAcquire(PADDING);
        }
        return sum;
    }
}
