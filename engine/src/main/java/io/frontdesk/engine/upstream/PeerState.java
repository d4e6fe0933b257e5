package io.frontdesk.engine.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What changes about a peer while requests run: weights, failures, connections, health. Of fixed size, shared by all loops, any thread;
 * each operation is atomic by itself and none waits. It outlives its configuration: a reload that keeps the server keeps this.
 */
public final class PeerState {
    /** A peer's whole weight is its configured one times this, so that a growing share has steps. */
    static final int WHOLE = 256;
    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong currentWeight = new AtomicLong();
    private final AtomicInteger effectiveWeight = new AtomicInteger();
    private final AtomicInteger fails = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong cutAnswers = new AtomicLong();
    private final AtomicLong accessedMillis = new AtomicLong(NEVER);
    private final AtomicLong checkedMillis = new AtomicLong(NEVER);
    private final AtomicLong recoveredMillis = new AtomicLong(NEVER);
    private final PeerTimes times = new PeerTimes();
    private volatile PeerHealth health = PeerHealth.UNCHECKED;

    /** Of a peer that has not failed. */
    PeerState(int weight) {
        effectiveWeight.set(weight);
    }

    /** Another configuration gives the peer another weight. */
    void reweigh(int weight) {
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

    /**
     * Answers that it broke off when their heads had gone out to clients already. They are no failures: another server could not have been
     * asked any more.
     */
    public long cutAnswers() {
        return cutAnswers.get();
    }

    /** Another answer was broken off. */
    void answerCut() {
        cutAnswers.incrementAndGet();
    }

    /** The weight less what failures took of it. */
    public int effectiveWeight() {
        return effectiveWeight.get();
    }

    /** How long it takes. */
    public PeerTimes times() {
        return times;
    }

    /** What active checks say. */
    public PeerHealth health() {
        return health;
    }

    /** What is taken for true before the first check, or when there are none. */
    public void begin(PeerHealth initial) {
        health = initial;
    }

    /** An active check has come to a verdict. One thread for each peer. */
    public void health(PeerHealth next, long nowMillis) {
        PeerHealth before = health;
        health = next;
        if (next == PeerHealth.HEALTHY && before == PeerHealth.UNHEALTHY) {
            fails.set(0);
            recoveredMillis.set(nowMillis);
        }
    }

    /** Whether active checks let it have requests. */
    boolean isHealthy() {
        return health.isUsable();
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

    /** For how long nobody has looked whether it works, in milliseconds; 0 when nobody ever did. */
    public long uncheckedMillis(long nowMillis) {
        long checked = checkedMillis.get();
        return checked == NEVER ? 0 : nowMillis - checked;
    }

    /**
     * It was chosen. When it failed so often that it is only tried once in a while, this request is that try; false when another loop's
     * request is it already.
     */
    boolean chosen(int maxFails, long windowMillis, long nowMillis) {
        long checked = checkedMillis.get();
        if (checked != NEVER && nowMillis - checked <= windowMillis) {
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
            while (true) {
                int before = effectiveWeight.get();
                if (effectiveWeight.compareAndSet(before, Math.max(0, before - less))) {
                    break;
                }
            }
        }
        return count;
    }

    /** A request went well: failures from before the last check are forgiven. */
    void succeeded(int maxFails, long nowMillis) {
        int before = fails.get();
        if (before != 0 && accessedMillis.get() < checkedMillis.get()) {
            fails.set(0);
            if (maxFails > 0 && before >= maxFails) {
                recoveredMillis.set(nowMillis);
            }
        }
    }

    /** nginx: a single peer is never marked down. */
    void forgive() {
        if (fails.get() != 0) {
            fails.set(0);
        }
    }

    /** Its share of {@link #WHOLE}: less than that while it recovers, for {@code slowStartMillis}. */
    int share(long slowStartMillis, long nowMillis) {
        if (slowStartMillis == 0) {
            return WHOLE;
        }
        long since = recoveredMillis.get();
        long age = nowMillis - since;
        if (since == NEVER || age >= slowStartMillis) {
            return WHOLE;
        }
        return (int) Math.max(1, WHOLE * Math.max(0, age) / slowStartMillis);
    }

    /** A step of the smooth round robin: adds the effective weight, which recovers by one; gives what it added. */
    long raise(int weight, int share) {
        int effective = effectiveWeight.get();
        long added = (long) effective * share;
        currentWeight.addAndGet(added);
        if (effective < weight) {
            effectiveWeight.compareAndSet(effective, effective + 1);
        }
        return added;
    }

    /** The current weight of the smooth round robin. */
    long currentWeight() {
        return currentWeight.get();
    }

    /** It was chosen by a round whose weights make {@code total}. */
    void lower(long total) {
        currentWeight.addAndGet(-total);
    }
}
