package io.frontdesk.engine.client;

import io.frontdesk.engine.core.CoreSettings;

/**
 * How fast a client sends a body ({@code client_body_min_rate}): only the time counts in which somebody waits for it, so that no client pays
 * for a slow consumer. Owned by its connection or stream; loop only.
 */
public final class BodyPace {
    private static final long RESTS = -1;

    private long waitsSinceMillis = RESTS;
    private long waitedMillis;
    private long received;

    /** A body begins. */
    public void begin() {
        waitsSinceMillis = RESTS;
        waitedMillis = 0;
        received = 0;
    }

    /** More is waited for, from now on or still. */
    public void waits(long nowMillis) {
        if (waitsSinceMillis != RESTS) {
            waitedMillis += nowMillis - waitsSinceMillis;
        }
        waitsSinceMillis = nowMillis;
    }

    /** Nobody waits for more now. */
    public void rests() {
        waitsSinceMillis = RESTS;
    }

    /** So much came. */
    public void came(int bytes) {
        received += bytes;
    }

    /** Whether it came at less than the least rate, once {@code client_body_timeout} has passed. */
    public boolean isTooSlow(CoreSettings core) {
        long rate = core.clientBodyMinRate();
        long counted = waitedMillis - core.clientBodyTimeoutMillis();
        return rate > 0 && counted > 0 && received * 1000 / rate < counted;
    }
}
