package io.frontdesk.modules.limitconn;

import io.frontdesk.engine.zone.ZoneKey;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A zone of counters, one a key, shared by all loops: a key that counts nothing takes no room. Its number of keys is bounded by its size.
 */
final class LimitConnZone {
    private static final int BYTES_PER_KEY = 64;

    private final String name;
    private final String key;
    private final int maxKeys;
    private final ConcurrentHashMap<ZoneKey, Integer> running = new ConcurrentHashMap<>();

    /**
     * A zone.
     *
     * @param key       the configured key, to compare zones across a reload
     * @param sizeBytes the configured size
     */
    LimitConnZone(String name, String key, long sizeBytes) {
        this.name = name;
        this.key = key;
        this.maxKeys = (int) Math.min(Integer.MAX_VALUE, Math.max(8, sizeBytes / BYTES_PER_KEY));
    }

    String name() {
        return name;
    }

    String key() {
        return key;
    }

    /** Counts one more of a key; false, and nothing is counted, when as many run as may, or the zone is full. */
    boolean enter(ZoneKey of, int limit) {
        boolean mayBeNew = running.size() < maxKeys;
        boolean[] entered = new boolean[1];
        running.compute(of, (k, count) -> {
            int now = count == null ? 0 : count;
            if (now >= limit || count == null && !mayBeNew) {
                return count;
            }
            entered[0] = true;
            return now + 1;
        });
        return entered[0];
    }

    /** One of a key has ended. */
    void leave(ZoneKey of) {
        running.computeIfPresent(of, (k, count) -> count == 1 ? null : count - 1);
    }
}
