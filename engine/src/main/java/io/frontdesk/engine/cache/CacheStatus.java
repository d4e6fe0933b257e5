package io.frontdesk.engine.cache;

import java.nio.charset.StandardCharsets;

/** What a cache did for a request: {@code $upstream_cache_status}. */
public enum CacheStatus {
    /** Nothing was kept. */
    MISS,
    /** Nobody looked. */
    BYPASS,
    /** What was kept is too old. */
    EXPIRED,
    /** What was kept is too old, and answers all the same. */
    STALE,
    /** The same, as another request renews it. */
    UPDATING,
    /** What was kept is too old, but the upstream says that it still holds. */
    REVALIDATED,
    /** What was kept answers. */
    HIT;

    private final byte[] text = name().getBytes(StandardCharsets.ISO_8859_1);

    /** Its name, to be read only. */
    public byte[] text() {
        return text;
    }
}
