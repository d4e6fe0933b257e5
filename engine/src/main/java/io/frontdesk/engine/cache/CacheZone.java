package io.frontdesk.engine.cache;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A cache as one configuration describes it: the limits of an index. Shared by all loops. */
public final class CacheZone {
    private final String name;
    private final CacheLimits limits;
    private final String path;
    private volatile CacheIndex index;
    private volatile @Nullable Thread upkeep;

    CacheZone(String name, CacheIndex index, CacheLimits limits) {
        this.name = name;
        this.index = index;
        this.path = index.path();
        this.limits = limits;
    }

    /** The name of its {@code keys_zone}. */
    public String name() {
        return name;
    }

    /** Its folder. */
    public String path() {
        return path;
    }

    CacheLimits limits() {
        return limits;
    }

    CacheIndex index() {
        return index;
    }

    /** Goes on with what the same cache of the configuration before knows; a cache that is in another place begins anew. */
    void inherit(CacheZone before) {
        if (before.index.path().equals(path) && before.index.levels().equals(index.levels())) {
            index = before.index;
        }
    }

    /** The thread that looks after it. */
    void upkeep(@Nullable Thread thread) {
        upkeep = thread;
    }

    /** Says that there is something to remove. */
    void wakeUpkeep() {
        Thread thread = upkeep;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Gets hold of the entry of a key; null when there is no room for it, or it is just being removed. */
    @Nullable
    CacheEntry hold(CacheKey key, long nowMillis) {
        if (index.size() >= limits.maxEntries()) {
            wakeUpkeep();
        }
        return index.hold(key, nowMillis, limits.maxEntries());
    }

    /** A file of an entry is in place. */
    void placed(CacheEntry entry, long fileBytes) {
        index.placed(entry, fileBytes);
        if (index.bytes() > limits.maxBytes()) {
            wakeUpkeep();
        }
    }
}
