package io.frontdesk.engine.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What changes about a peer while requests run: weights, failures, connections. Of fixed size, shared by all loops, any thread; each
 * operation is atomic by itself and none waits.
 */
public final class PeerState {
    private final AtomicInteger currentWeight = new AtomicInteger();
    private final AtomicInteger effectiveWeight = new AtomicInteger();
    private final AtomicInteger fails = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong accessedMillis = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong checkedMillis = new AtomicLong(Long.MIN_VALUE);

    /** Of a peer that has not failed. */
    PeerState(int weight) {
        effectiveWeight.set(weight);
    }

    /** Requests that the peer works on now. */
    public int connections() {
        return connections.get();
    }

    /** Failures since it was last seen to work. */
    public int fails() {
        return fails.get();
    }

    /** The weight less what failures took of it. */
    public int effectiveWeight() {
        return effectiveWeight.get();
    }

    /** Counts a request, unless the peer has {@code max} already; 0 for no limit. */
    boolean acquire(int max) {
        if (max == 0) {
            connections.incrementAndGet();
            return true;
        }
        int now = connections.get();
        while (now < max) {
            if (connections.compareAndSet(now, now + 1)) {
                return true;
            }
            now = connections.get();
        }
        return false;
    }

    /** The request that {@link #acquire} counted is over. */
    void release() {
        connections.decrementAndGet();
    }

    /** Whether so many failures came within {@code windowMillis} that it gets no requests now; nginx: peer->checked. */
    boolean isSuspended(int maxFails, long windowMillis, long nowMillis) {
        return maxFails > 0 && fails.get() >= maxFails && nowMillis - checkedMillis.get() <= windowMillis;
    }

    /**
     * It was chosen. When it failed so often that it is only tried once in a while, this request is that try; false when another loop's
     * request is it already.
     */
    boolean chosen(int maxFails, long windowMillis, long nowMillis) {
        long checked = checkedMillis.get();
        if (checked != Long.MIN_VALUE && nowMillis - checked <= windowMillis) {
            return true;
        }
        return checkedMillis.compareAndSet(checked, nowMillis) || maxFails == 0 || fails.get() < maxFails;
    }

    /** A request failed; gives the failures that count now. */
    int failed(int weight, int maxFails, long nowMillis) {
        int count = fails.incrementAndGet();
        accessedMillis.set(nowMillis);
        checkedMillis.set(nowMillis);
        if (maxFails > 0) {
            int less = weight / maxFails;
            effectiveWeight.updateAndGet(w -> Math.max(0, w - less));
        }
        return count;
    }

    /** A request went well: failures from before the last check are forgiven. */
    void succeeded() {
        if (fails.get() != 0 && accessedMillis.get() < checkedMillis.get()) {
            fails.set(0);
        }
    }

    /** nginx: a single peer is never marked down. */
    void forgive() {
        if (fails.get() != 0) {
            fails.set(0);
        }
    }

    /** A step of the smooth round robin: adds the effective weight, which recovers by one; gives what it added. */
    int raise(int weight) {
        int effective = effectiveWeight.get();
        currentWeight.addAndGet(effective);
        if (effective < weight) {
            effectiveWeight.compareAndSet(effective, effective + 1);
        }
        return effective;
    }

    /** The current weight of the smooth round robin. */
    int currentWeight() {
        return currentWeight.get();
    }

    /** It was chosen by a round whose weights make {@code total}. */
    void lower(int total) {
        currentWeight.addAndGet(-total);
    }
}
