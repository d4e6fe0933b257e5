package io.frontdesk.engine.cache;

import io.frontdesk.net.ControlPlane;
import java.util.concurrent.locks.LockSupport;

/** Work on many files with pauses in between, as {@code loader_files} and its kin say. Owned by a thread of {@link CacheUpkeep}. */
@ControlPlane("a cache's own thread; sleeps")
final class CachePace {
    private final CacheUpkeep owner;
    private final CacheLimits.Pace pace;
    private int files;
    private long beganMillis = CacheUpkeep.nowMillis();

    CachePace(CacheUpkeep owner, CacheLimits.Pace pace) {
        this.owner = owner;
        this.pace = pace;
    }

    /** One file is done. */
    void step() {
        if (++files < pace.files() && CacheUpkeep.nowMillis() - beganMillis < pace.thresholdMillis()) {
            return;
        }
        long end = CacheUpkeep.nowMillis() + pace.sleepMillis();
        for (long left = pace.sleepMillis(); left > 0 && !owner.isStopped(); left = end - CacheUpkeep.nowMillis()) {
            LockSupport.parkNanos(owner, left * 1_000_000);
        }
        files = 0;
        beganMillis = CacheUpkeep.nowMillis();
    }
}
