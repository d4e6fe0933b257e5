package io.frontdesk.engine.upstream;

import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.request.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may be tried once more after an attempt came to nothing: by {@code proxy_next_upstream} and its limits, the method, and
 * what of the request is gone. Owned by its upstream exchange and reused; loop only.
 */
final class RetryRules {
    private final UpstreamLink link;
    private final Sender sender;
    private @Nullable Exchange exchange;
    private @Nullable UpstreamSettings settings;
    private long startMillis;

    RetryRules(UpstreamLink link, Sender sender) {
        this.link = link;
        this.sender = sender;
    }

    /** The first attempt begins. */
    void begin(Exchange ex, UpstreamSettings by, long nowMillis) {
        exchange = ex;
        settings = by;
        startMillis = nowMillis;
    }

    /** Whether another peer is asked, after a fault that no peer cures when the condition is null. */
    boolean allowNext(@Nullable NextCondition condition, boolean wasSent, long nowMillis) {
        return condition != null && link.tries() > 0 && (!wasSent || mayRepeat()) && isWanted(condition, nowMillis);
    }

    /** Whether another peer is asked instead of passing this status on. */
    boolean allowNextAfter(NextCondition status, long nowMillis) {
        return link.tries() > 1 && mayRepeat() && isWanted(status, nowMillis);
    }

    /** Whether the same peer is asked on a new connection, after a kept one turned out to be dead. */
    boolean allowSamePeer(long nowMillis) {
        return mayRepeat() && isWanted(NextCondition.ERROR, nowMillis);
    }

    /** nginx: what was sent is repeated when it does no harm to do it twice, and nothing of its body is gone. */
    private boolean mayRepeat() {
        Exchange ex = exchange;
        UpstreamSettings s = settings;
        return ex != null && s != null && !sender.isStreaming()
                && (ex.method().isIdempotent() || s.retriesOn(NextCondition.NON_IDEMPOTENT));
    }

    private boolean isWanted(NextCondition condition, long nowMillis) {
        UpstreamSettings s = settings;
        return s != null && s.retriesOn(condition)
                && (s.nextTimeoutMillis == 0 || nowMillis - startMillis < s.nextTimeoutMillis);
    }

    /** Forgets the exchange. */
    void clear() {
        exchange = null;
        settings = null;
    }
}
