package io.frontdesk.modules.limitreq;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.zone.ZoneKey;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A zone of leaky buckets, one a key, shared by all loops. A bucket is one long: how much is in it, in thousandths of a request, and when
 * that was so. Its number of buckets is bounded by its size; when it is full, buckets that have run empty make room.
 */
final class LimitReqZone {
    /** What a rejected or admitted request meets. */
    static final long REJECTED = -1;

    private static final int BYTES_PER_BUCKET = 128;
    private static final int EVICTION_PROBES = 32;
    private static final int MILLIS_BITS = 40;
    private static final long MILLIS_MASK = (1L << MILLIS_BITS) - 1;

    private final String name;
    private final String key;
    private final long ratePerMille;
    private final int maxBuckets;
    private final ConcurrentHashMap<ZoneKey, AtomicLong> buckets = new ConcurrentHashMap<>();

    /**
     * A zone.
     *
     * @param key          the configured key, to compare zones across a reload
     * @param ratePerMille thousandths of a request per second
     * @param sizeBytes    the configured size
     */
    LimitReqZone(String name, String key, long ratePerMille, long sizeBytes) {
        this.name = name;
        this.key = key;
        this.ratePerMille = ratePerMille;
        this.maxBuckets = (int) Math.min(Integer.MAX_VALUE, Math.max(8, sizeBytes / BYTES_PER_BUCKET));
    }

    String name() {
        return name;
    }

    String key() {
        return key;
    }

    long ratePerMille() {
        return ratePerMille;
    }

    /** The bucket of a key, or null when the zone is full of buckets that are in use. */
    @Nullable
    AtomicLong bucket(Bytes value, long nowMillis) {
        ZoneKey probe = new ZoneKey(value);
        AtomicLong bucket = buckets.get(probe);
        if (bucket != null) {
            return bucket;
        }
        if (buckets.size() >= maxBuckets && !makeRoom(nowMillis)) {
            return null;
        }
        AtomicLong fresh = new AtomicLong(pack(-1, nowMillis));
        AtomicLong raced = buckets.putIfAbsent(probe, fresh);
        return raced == null ? fresh : raced;
    }

    private boolean makeRoom(long nowMillis) {
        Iterator<AtomicLong> all = buckets.values().iterator();
        boolean made = false;
        for (int i = 0; i < EVICTION_PROBES && all.hasNext(); i++) {
            long state = all.next().get();
            if (excess(state) - ratePerMille * elapsed(state, nowMillis) / 1000 <= 0) {
                all.remove();
                made = true;
            }
        }
        return made;
    }

    /**
     * How much would be in the bucket after one more request, in thousandths beyond the first; {@link #REJECTED} when that is over the
     * burst.
     */
    long excessWithOneMore(AtomicLong bucket, long nowMillis, long burstPerMille) {
        long excess = next(bucket.get(), nowMillis);
        return excess > burstPerMille ? REJECTED : excess;
    }

    /** Counts a request that was let in. */
    void add(AtomicLong bucket, long nowMillis) {
        bucket.updateAndGet(state -> pack(next(state, nowMillis), nowMillis));
    }

    /** The excess when one more is counted, whatever the burst. */
    long next(long state, long nowMillis) {
        long excess = excess(state);
        // A bucket that nothing was counted in yet: the first request is no excess.
        return excess < 0 ? 0 : Math.max(0, excess - ratePerMille * elapsed(state, nowMillis) / 1000 + 1000);
    }

    private static long excess(long state) {
        return state >> MILLIS_BITS;
    }

    private static long elapsed(long state, long nowMillis) {
        long elapsed = (nowMillis & MILLIS_MASK) - (state & MILLIS_MASK);
        return Math.max(0, elapsed);
    }

    private static long pack(long excess, long nowMillis) {
        return Math.min(excess, (1L << 63 - MILLIS_BITS) - 1) << MILLIS_BITS | nowMillis & MILLIS_MASK;
    }
}
