package io.frontdesk.engine.fault;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code proxy_next_upstream} and its kin, named there in lower case. */
public enum NextCondition {
    /** Connecting, sending or reading the head failed. */
    ERROR(0),
    /** A time limit before the head was over. */
    TIMEOUT(0),
    /** The head is none. */
    INVALID_HEADER(0),
    /** Requests too that may do something twice. */
    NON_IDEMPOTENT(0),
    /** Status 500. */
    HTTP_500(500),
    /** Status 502. */
    HTTP_502(502),
    /** Status 503. */
    HTTP_503(503),
    /** Status 504. */
    HTTP_504(504),
    /** Status 403. */
    HTTP_403(403),
    /** Status 404. */
    HTTP_404(404),
    /** Status 429. */
    HTTP_429(429),
    /** For caches only: the entry is being updated. */
    UPDATING(0),
    /** None. */
    OFF(0);

    private static final NextCondition[] ALL = values();

    private final int status;

    NextCondition(int status) {
        this.status = status;
    }

    /** The condition of a response's status, or null. */
    public static @Nullable NextCondition ofStatus(int status) {
        for (NextCondition condition : ALL) {
            if (condition.status == status && status != 0) {
                return condition;
            }
        }
        return null;
    }

    /** Whether a peer that answers so counts as failing; nginx: 403 and 404 only move on. */
    public boolean isCounted() {
        return this != HTTP_403 && this != HTTP_404;
    }

    public int bit() {
        return 1 << ordinal();
    }

    /** A set as bits; {@code off} makes it empty. */
    public static int bits(Set<NextCondition> conditions) {
        int bits = 0;
        for (NextCondition condition : conditions) {
            bits |= condition.bit();
        }
        return (bits & OFF.bit()) != 0 ? 0 : bits;
    }
}
