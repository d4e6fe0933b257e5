package io.frontdesk.engine.cache;

/**
 * What bounds a cache, and how fast its files are read at the start and removed later. Immutable.
 *
 * @param maxEntries     from {@code keys_zone}: so many keys it has room for
 * @param maxBytes       {@code max_size}
 * @param minFreeBytes   {@code min_free}
 * @param inactiveMillis {@code inactive}
 * @param loader         the pace of loading
 * @param keeper         the pace of removing
 */
record CacheLimits(int maxEntries, long maxBytes, long minFreeBytes, long inactiveMillis, Pace loader, Pace keeper) {
    /** How many entries are there to stay: some room is made ahead. */
    int usualEntries() {
        return maxEntries - maxEntries / 16;
    }

    /** How many files in one go, how long one may take, and the pause after it. */
    record Pace(int files, long thresholdMillis, long sleepMillis) {}
}
