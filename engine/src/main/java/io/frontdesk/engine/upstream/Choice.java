package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.request.Exchange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen for one exchange from an upstream: which peers were tried, how many tries are left. Owned by its upstream exchange and
 * reused; loop only.
 */
public final class Choice {
    private @Nullable Upstream upstream;
    private @Nullable PeerGroup group;
    private @Nullable Exchange exchange;
    private @Nullable Peer peer;
    private long[] tried = new long[1];
    private int tries;
    private long nowMillis;

    /** Starts with the ordinary servers of an upstream; {@code maxTries} is 0 for no limit but their number. */
    void begin(Upstream from, Exchange forExchange, int maxTries) {
        upstream = from;
        exchange = forExchange;
        peer = null;
        enter(from.primary());
        PeerGroup backup = from.backup();
        int all = from.primary().tries() + (backup == null ? 0 : backup.tries());
        tries = maxTries > 0 ? Math.min(maxTries, all) : all;
    }

    private void enter(PeerGroup next) {
        group = next;
        int words = next.size() + 63 >> 6;
        if (tried.length < words) {
            tried = new long[words];
        } else {
            Arrays.fill(tried, 0);
        }
    }

    /** The servers to choose from now: the ordinary ones, or when none of them can, the backup ones. */
    public PeerGroup group() {
        PeerGroup g = group;
        if (g == null) {
            throw new IllegalStateException("no choice was begun");
        }
        return g;
    }

    /** The exchange that the choice is for: a balancer may look at its key. */
    public Exchange exchange() {
        Exchange ex = exchange;
        if (ex == null) {
            throw new IllegalStateException("no choice was begun");
        }
        return ex;
    }

    /** The time, in the loop's monotonic milliseconds. */
    public long nowMillis() {
        return nowMillis;
    }

    /** Whether a peer of the group can be chosen: not tried yet, not down, not failing, not full. */
    public boolean mayTake(Peer candidate) {
        return !isTried(candidate) && candidate.isAvailable(nowMillis);
    }

    private boolean isTried(Peer candidate) {
        return (tried[candidate.index() >> 6] & 1L << candidate.index()) != 0;
    }

    private void markTried(Peer candidate) {
        tried[candidate.index() >> 6] |= 1L << candidate.index();
    }

    /** How many more peers may be tried. */
    int tries() {
        return tries;
    }

    /** nginx: an error on a connection that was kept does not count as a try. */
    void grantTry() {
        tries++;
    }

    /** The peer that was taken and not given back yet, or null. */
    @Nullable
    Peer peer() {
        return peer;
    }

    /** Chooses and takes the next peer; null when no upstream is live. */
    @Nullable
    Peer next(long now) {
        Upstream from = upstream;
        if (from == null) {
            throw new IllegalStateException("no choice was begun");
        }
        nowMillis = now;
        Peer taken = take(from);
        PeerGroup backup = from.backup();
        if (taken == null && backup != null && group != backup) {
            enter(backup);
            taken = take(from);
        }
        peer = taken;
        return taken;
    }

    private @Nullable Peer take(Upstream from) {
        PeerGroup g = group();
        if (g.isSingle()) {
            Peer only = g.peer(0);
            return !only.parameters().down() && only.state().acquire(only.parameters().maxConnections()) ? only : null;
        }
        while (true) {
            Peer chosen = from.balancer().choose(this);
            if (chosen == null) {
                return null;
            }
            markTried(chosen);
            ServerParameters p = chosen.parameters();
            if (chosen.state().acquire(p.maxConnections())) {
                if (chosen.state().chosen(p.maxFails(), p.failTimeoutMillis(), nowMillis)) {
                    return chosen;
                }
                chosen.state().release();
            }
        }
    }

    /** Gives the peer back, and counts what came of the request; nginx: peer.free. */
    void giveBack(boolean failed, long now) {
        Peer used = peer;
        if (used == null) {
            return;
        }
        peer = null;
        PeerState state = used.state();
        state.release();
        if (group().isSingle()) {
            state.forgive();
            tries = 0;
            return;
        }
        if (failed) {
            ServerParameters p = used.parameters();
            int fails = state.failed(p.weight(), p.maxFails(), now);
            if (p.maxFails() > 0 && fails >= p.maxFails()) {
                exchange().log(Severity.WARN, "upstream server temporarily disabled");
            }
        } else {
            state.succeeded();
        }
        if (tries > 0) {
            tries--;
        }
    }

    /** Forgets all. */
    void clear() {
        upstream = null;
        group = null;
        exchange = null;
        peer = null;
    }
}
