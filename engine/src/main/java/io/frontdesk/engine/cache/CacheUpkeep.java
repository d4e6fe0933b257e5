package io.frontdesk.engine.cache;

import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.net.ControlPlane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks after one cache while its configuration is in force: reads at the start what is on the disk, then removes what is not asked for any
 * more, what is too much, and what was purged. A thread of its own, so that no loop waits for the disk.
 */
@ControlPlane("a thread of its own for each cache; waits for the disk, and sleeps in between")
final class CacheUpkeep implements Runnable {
    /** nginx: the manager looks at least so often. */
    private static final long MAX_PAUSE_MILLIS = 10_000;
    private static final long MIN_PAUSE_MILLIS = 50;
    private static final int BATCH = 256;

    private final CacheZone zone;
    private final Supplier<ErrorLog> log;
    private final Thread thread;
    private volatile boolean stopped;

    CacheUpkeep(CacheZone zone, Supplier<ErrorLog> log) {
        this.zone = zone;
        this.log = log;
        this.thread = Thread.ofPlatform().name("cache-" + zone.name()).daemon().unstarted(this);
    }

    void start() {
        zone.upkeep(thread);
        thread.start();
    }

    void stop() {
        stopped = true;
        zone.upkeep(null);
        LockSupport.unpark(thread);
    }

    boolean isStopped() {
        return stopped;
    }

    @Override
    public void run() {
        if (zone.index().isCold()) {
            new CacheLoading(this, zone, log).run();
        }
        while (!stopped) {
            CachePace pace = new CachePace(this, zone.limits().keeper());
            removePurged(pace);
            long next = removeInactive(pace);
            removeExcess(pace);
            if (!stopped && !zone.index().purges().isPending()) {
                LockSupport.parkNanos(this, Math.clamp(next, MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS) * 1_000_000);
            }
        }
    }

    static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }

    /** Gives in how many milliseconds the next one is due. */
    private long removeInactive(CachePace pace) {
        CacheIndex index = zone.index();
        long inactive = zone.limits().inactiveMillis();
        // what comes from now on is not due before
        long next = Math.min(MAX_PAUSE_MILLIS, inactive);
        long now = nowMillis();
        for (CacheEntry entry : index.entries()) {
            long left = entry.lastUseMillis + inactive - now;
            if (left > 0) {
                next = Math.min(next, left);
            } else if (index.remove(entry)) {
                pace.step();
                if (stopped) {
                    return 0;
                }
            }
        }
        return next;
    }

    private void removeExcess(CachePace pace) {
        while (!stopped && isTooMuch()) {
            boolean any = false;
            for (CacheEntry entry : oldest()) {
                if (stopped || !isTooMuch()) {
                    return;
                }
                if (zone.index().remove(entry)) {
                    any = true;
                    pace.step();
                }
            }
            if (!any) {
                return;
            }
        }
    }

    private boolean isTooMuch() {
        CacheIndex index = zone.index();
        CacheLimits limits = zone.limits();
        if (index.size() == 0) {
            return false;
        }
        return index.bytes() > limits.maxBytes() || index.size() > limits.usualEntries()
                || limits.minFreeBytes() > 0 && DiskSpace.of(index.path()) < limits.minFreeBytes();
    }

    /** Some of those that were not used for longest, these first. */
    private List<CacheEntry> oldest() {
        record Age(CacheEntry entry, long lastUseMillis) {}
        PriorityQueue<Age> youngestFirst = new PriorityQueue<>(Comparator.comparingLong(Age::lastUseMillis).reversed());
        for (CacheEntry entry : zone.index().entries()) {
            youngestFirst.add(new Age(entry, entry.lastUseMillis));
            if (youngestFirst.size() > BATCH) {
                youngestFirst.poll();
            }
        }
        List<CacheEntry> oldestFirst = new ArrayList<>();
        for (Age age = youngestFirst.poll(); age != null; age = youngestFirst.poll()) {
            oldestFirst.addFirst(age.entry());
        }
        return oldestFirst;
    }

    private void removePurged(CachePace pace) {
        CacheIndex index = zone.index();
        List<CachePurges.Purge> pending = index.purges().pending();
        if (pending.isEmpty()) {
            return;
        }
        for (CacheEntry entry : index.entries()) {
            if (stopped) {
                return;
            }
            if (!entry.exists()) {
                continue;
            }
            CachedHead head = CachedHead.readFrom(index.fileOf(entry.key()));
            if (head != null && pending.stream().anyMatch(purge -> purge.covers(head.key, head.keptMillis))) {
                index.drop(entry);
            }
            pace.step();
        }
        index.purges().done(pending, System.currentTimeMillis());
    }
}
