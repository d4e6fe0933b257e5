package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keys that were purged by their beginning ({@code /images/*}): what was kept before does not answer any more, from the moment of the purge
 * on. The files go one by one, and a while after that the purge itself is forgotten. Shared by all loops and {@link CacheUpkeep}.
 */
final class CachePurges {
    /** How long a response may have been on its way when it was purged. */
    private static final long MEMORY_MILLIS = 300_000;
    private static final int MAX_REMEMBERED = 100;

    private final CopyOnWriteArrayList<Purge> pending = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Purge> done = new CopyOnWriteArrayList<>();

    /** All keys with this beginning whose responses were kept before a moment of the wall clock. */
    record Purge(byte[] prefix, long beforeMillis) {
        boolean covers(Bytes key, long keptMillis) {
            return keptMillis <= beforeMillis && isOf(key);
        }

        boolean isOf(Bytes key) {
            return key.length() >= prefix.length
                    && Arrays.equals(key.array(), 0, prefix.length, prefix, 0, prefix.length);
        }
    }

    void add(Bytes prefix, long nowMillis) {
        pending.add(new Purge(prefix.toArray(), nowMillis));
    }

    /** Whether what was kept at that time is purged. */
    boolean cover(Bytes key, long keptMillis) {
        return covers(pending, key, keptMillis) || covers(done, key, keptMillis);
    }

    private static boolean covers(List<Purge> purges, Bytes key, long keptMillis) {
        if (purges.isEmpty()) {
            return false;
        }
        for (Purge purge : purges) {
            if (purge.covers(key, keptMillis)) {
                return true;
            }
        }
        return false;
    }

    /** The last moment of which a key was purged; 0 when there is none. */
    long last(Bytes key) {
        return Math.max(last(pending, key), last(done, key));
    }

    private static long last(List<Purge> purges, Bytes key) {
        long last = 0;
        if (!purges.isEmpty()) {
            for (Purge purge : purges) {
                if (purge.isOf(key)) {
                    last = Math.max(last, purge.beforeMillis);
                }
            }
        }
        return last;
    }

    boolean isPending() {
        return !pending.isEmpty();
    }

    List<Purge> pending() {
        return List.copyOf(pending);
    }

    /** The files are gone. */
    void done(List<Purge> purges, long nowMillis) {
        done.removeIf(old -> old.beforeMillis < nowMillis - MEMORY_MILLIS);
        done.addAll(purges);
        while (done.size() > MAX_REMEMBERED) {
            done.removeFirst();
        }
        pending.removeAll(purges);
    }
}
