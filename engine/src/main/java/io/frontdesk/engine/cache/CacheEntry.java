package io.frontdesk.engine.cache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the index knows of one key: who uses it, when it was used last, and how large its file is. Shared by all loops. */
final class CacheEntry {
    private static final int GONE = -1;

    /** A status that is answered without a file, and until when on the monotonic clock: it ends in time, however the calendar is set. */
    record Failure(int status, long untilMillis) {}

    private final CacheKey key;
    /** Requests that hold it now, or {@link #GONE} once it is on its way out of the index. */
    private final AtomicInteger holders = new AtomicInteger();
    private final AtomicInteger uses = new AtomicInteger();
    private final AtomicReference<@Nullable Renewal> renewal = new AtomicReference<>();
    /** What its file takes on the disk; 0 when there is none. */
    final AtomicLong fileBytes = new AtomicLong();
    volatile long lastUseMillis;
    volatile @Nullable Failure failure;
    /** What was kept before, in milliseconds of the wall clock, does not count any more: neither this nor its variants. */
    volatile long purgedMillis;

    CacheEntry(CacheKey key) {
        this.key = key;
    }

    CacheKey key() {
        return key;
    }

    /** Whether there is a file, as far as is known. */
    boolean exists() {
        return fileBytes.get() > 0;
    }

    /** Keeps it in the index until {@link #release}; false when it is just being removed. */
    boolean hold() {
        for (int now = holders.get(); now != GONE; now = holders.get()) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Ends a {@link #hold}; gives whether it was the last. */
    boolean release() {
        return holders.decrementAndGet() == 0;
    }

    /** Whether it may be removed now: from here on nobody gets hold of it. */
    boolean retire() {
        return holders.compareAndSet(0, GONE);
    }

    /** The same by its only holder, whose {@link #hold} ends with that. */
    boolean retireHeld() {
        return holders.compareAndSet(1, GONE);
    }

    int countUse() {
        return uses.incrementAndGet();
    }

    /** Who renews it now, or null. */
    @Nullable
    Renewal renewal() {
        return renewal.get();
    }

    /** Begins to renew it, in place of a renewal that was lost or of none. */
    boolean begin(@Nullable Renewal before, Renewal next) {
        return renewal.compareAndSet(before, next);
    }

    /** Ends a renewal, unless another took its place. */
    void end(Renewal done) {
        renewal.compareAndSet(done, null);
        done.end();
    }
}
