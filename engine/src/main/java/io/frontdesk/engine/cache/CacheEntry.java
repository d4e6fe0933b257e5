package io.frontdesk.engine.cache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the index knows of one key: who used it when, and how large its file is. Shared by all loops. */
final class CacheEntry {
    final AtomicInteger uses = new AtomicInteger();
    /** When the request that renews it began, on the monotonic clock; 0 when none does. */
    final AtomicLong updatingSince = new AtomicLong();
    final AtomicLong fileBytes = new AtomicLong();
    volatile long lastUseMillis;
    /** A status that is answered without a file, and until when. */
    volatile int errorStatus;
    volatile long errorUntilSeconds;
}
