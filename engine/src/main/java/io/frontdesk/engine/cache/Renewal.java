package io.frontdesk.engine.cache;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One request asks the upstream for an entry, and others may wait for what comes of it. Made by the request that asks, ended by it; any
 * loop.
 */
final class Renewal {
    /** Until when others take it for alive, on the monotonic clock. */
    final long untilMillis;
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    Renewal(long untilMillis) {
        this.untilMillis = untilMillis;
    }

    /** Calls when it has ended, perhaps at once, and on any thread. */
    void whenEnded(Runnable then) {
        waiting.add(then);
        if (ended) {
            wakeAll();
        }
    }

    /** What is waited for is there, or will not be. */
    void end() {
        ended = true;
        wakeAll();
    }

    private void wakeAll() {
        for (Runnable each = waiting.poll(); each != null; each = waiting.poll()) {
            each.run();
        }
    }
}
