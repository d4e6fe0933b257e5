package io.frontdesk.engine.cache;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.cache.CacheLookup.Verdict;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxy_cache_lock}: of several requests for what is not kept yet, one asks the upstream, and the others wait for what it gets, but
 * not for ever. Owned by a look-up; loop only.
 */
final class CacheLock {
    private final CacheLookup lookup;
    private final CacheSettings settings;
    private final Worker worker;
    private final Runnable woken;
    private @Nullable Deadline deadline;
    private @Nullable Exchange exchange;
    private long waitUntilMillis = -1;
    private boolean waiting;
    private boolean timedOut;

    CacheLock(CacheLookup lookup, CacheSettings settings, Worker worker, Runnable woken) {
        this.lookup = lookup;
        this.settings = settings;
        this.worker = worker;
        this.woken = woken;
    }

    /** Gets the lock of an entry, waits for it, or goes on without when that took too long. */
    Verdict take(Exchange ex, CacheEntry entry) {
        if (!settings.locks) {
            return Verdict.ASKS;
        }
        long now = worker.clock().millis();
        while (true) {
            Renewal other = entry.renewal();
            if (other == null || now >= other.untilMillis) {
                Renewal mine = new Renewal(now + settings.lockAgeMillis);
                if (entry.begin(other, mine)) {
                    lookup.fetches(mine);
                    return Verdict.ASKS;
                }
                continue;
            }
            if (timedOut || settings.lockTimeoutMillis == 0) {
                return lookup.dontKeep();
            }
            await(ex, other, now);
            return Verdict.WAITS;
        }
    }

    private void await(Exchange ex, Renewal other, long now) {
        if (waitUntilMillis < 0) {
            waitUntilMillis = now + settings.lockTimeoutMillis;
        }
        Deadline d = deadline;
        if (d == null) {
            d = new Deadline(worker.wheel(), expired -> wake());
            deadline = d;
        }
        exchange = ex;
        waiting = true;
        d.arm(Math.max(0, Math.min(waitUntilMillis, other.untilMillis) - now));
        other.whenEnded(() -> worker.loop().execute(this::wake));
    }

    private void wake() {
        Exchange ex = exchange;
        if (!waiting || ex == null) {
            return;
        }
        waiting = false;
        Deadline d = deadline;
        if (d != null) {
            d.disarm();
        }
        if (worker.clock().millis() >= waitUntilMillis) {
            ex.log(Severity.INFO, "cache lock timeout");
            timedOut = true;
        }
        woken.run();
    }

    void close() {
        waiting = false;
        exchange = null;
        Deadline d = deadline;
        if (d != null) {
            d.release();
        }
    }
}
