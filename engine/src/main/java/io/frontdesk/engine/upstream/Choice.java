package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen for one exchange from an upstream: which peers were tried, how many tries are left, and what the balancer and the affinity
 * remember of the request. Owned by its upstream exchange and reused; loop only.
 */
public final class Choice {
    private final Bytes key = new Bytes();
    private final Bytes client = new Bytes();
    private final Bytes bound = new Bytes();
    private @Nullable Upstream upstream;
    private @Nullable PeerGroup group;
    private @Nullable PeerGroup backup;
    private @Nullable Exchange exchange;
    private @Nullable Peer peer;
    private @Nullable Peer last;
    private long[] tried = new long[1];
    private int tries;
    private long nowMillis;
    private long takenMillis;
    private long headMillis;
    private long hash;
    private int turns;
    private int step;
    private int cookie;
    private boolean counted;

    /** Starts with the ordinary servers of an upstream; {@code maxTries} is 0 for no limit but their number. */
    void begin(Upstream from, Exchange forExchange, int maxTries) {
        Members members = from.members();
        upstream = from;
        exchange = forExchange;
        peer = null;
        last = null;
        backup = members.backup();
        enter(members.primary());
        int all = members.tries();
        tries = maxTries > 0 ? Math.min(maxTries, all) : all;
        hash = 0;
        turns = 0;
        step = 0;
        cookie = -1;
        counted = false;
        from.balancer().begin(this);
        Affinity affinity = from.affinity();
        if (affinity != null) {
            client.clear();
            affinity.begin(this);
        }
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

    // ---- for balancers and affinities

    /** The servers to choose from now: the ordinary ones, or when none of them can, the backup ones. */
    public PeerGroup group() {
        return present(group);
    }

    /** The exchange that the choice is for: a balancer may look at its key. */
    public Exchange exchange() {
        return present(exchange);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no choice was begun");
        }
        return value;
    }

    /** The time, in the loop's monotonic milliseconds. */
    public long nowMillis() {
        return nowMillis;
    }

    /** When the peer got the request. */
    public long takenMillis() {
        return takenMillis;
    }

    /** How long the head of the response took, or -1 when none came. */
    public long headMillis() {
        return headMillis;
    }

    /** Whether a peer of the group can be chosen: not tried yet, not down, not failing, not full. */
    public boolean mayTake(Peer candidate) {
        return !isTried(candidate) && candidate.isAvailable(nowMillis);
    }

    /** What the balancer remembers: its key. */
    public Bytes key() {
        return key;
    }

    /** What the affinity remembers: who the client is, empty for somebody new. */
    public Bytes client() {
        return client;
    }

    /** What the balancer remembers: a number. */
    public long hash() {
        return hash;
    }

    /** Sets the number. */
    public void hash(long value) {
        hash = value;
    }

    /** What the balancer remembers: another number. */
    public int step() {
        return step;
    }

    /** Sets the other number. */
    public void step(int value) {
        step = value;
    }

    /** nginx: after twenty turns in vain, the method gives way to round robin. */
    public boolean isTired() {
        return turns > 20;
    }

    /** Counts a turn in vain. */
    public void countTurn() {
        turns++;
    }

    /** What the balancer remembers: whether the request is counted in the peer's {@link PeerTimes}. */
    public boolean isCounted() {
        return counted;
    }

    /** Sets it. */
    public void counted(boolean value) {
        counted = value;
    }

    /** What the affinity remembers: the place of its cookie among the response's fields, or -1. */
    public int cookie() {
        return cookie;
    }

    /** Sets the place. */
    public void cookie(int field) {
        cookie = field;
    }

    /** For {@link Affinity#seek}: the client is bound to the peer with this id. */
    public void bind(byte[] id, int length) {
        bound.write(id, 0, length);
    }

    // ---- for the upstream exchange

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

    /** The peer that was taken last, given back or not; null before the first. */
    @Nullable
    Peer last() {
        return last;
    }

    /** Chooses and takes the next peer; null when no upstream is live. */
    @Nullable
    Peer next(long now) {
        Upstream from = present(upstream);
        nowMillis = now;
        Affinity affinity = from.affinity();
        bound.clear();
        if (affinity != null) {
            affinity.seek(this);
        }
        Peer taken = take(from);
        PeerGroup reserve = backup;
        if (taken == null && reserve != null && group != reserve) {
            enter(reserve);
            taken = take(from);
        }
        peer = taken;
        if (taken != null) {
            last = taken;
            takenMillis = now;
            headMillis = -1;
            from.balancer().taken(this, taken);
            if (affinity != null) {
                affinity.taken(this, taken);
            }
        }
        return taken;
    }

    private @Nullable Peer take(Upstream from) {
        PeerGroup g = group();
        if (g.isSingle()) {
            return takeSingle(g.peer(0));
        }
        while (true) {
            Peer wanted = bound.isEmpty() ? null : boundPeer(g);
            Peer chosen = wanted == null ? from.balancer().choose(this) : from.balancer().prefer(this, wanted);
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

    /** nginx: failures of a single peer do not count; it may be full, down, or unhealthy all the same. */
    private @Nullable Peer takeSingle(Peer only) {
        ServerParameters p = only.parameters();
        boolean off = p.down() || p.drain() && !isBoundTo(only);
        return !off && only.state().isHealthy() && only.state().acquire(p.maxConnections()) ? only : null;
    }

    /** The peer that the client is bound to, if it can take the request. */
    private @Nullable Peer boundPeer(PeerGroup g) {
        for (int i = 0; i < g.size(); i++) {
            Peer candidate = g.peer(i);
            if (isBoundTo(candidate)) {
                return !isTried(candidate) && candidate.isAvailableToBound(nowMillis) ? candidate : null;
            }
        }
        return null;
    }

    private boolean isBoundTo(Peer candidate) {
        byte[] id = candidate.id();
        return id.length == bound.length() && Arrays.equals(id, 0, id.length, bound.array(), 0, id.length);
    }

    /** The head of a response came from the peer. */
    void headRead(long now) {
        nowMillis = now;
        headMillis = Math.max(0, now - takenMillis);
    }

    /** That response is the client's. */
    void headAccepted() {
        Peer from = peer;
        Upstream of = upstream;
        if (from == null || of == null) {
            return;
        }
        of.balancer().headCame(this, from);
        Affinity affinity = of.affinity();
        if (affinity != null) {
            affinity.headCame(this, from);
        }
    }

    /** Gives the peer back, and counts what came of the request; nginx: peer.free. */
    void giveBack(boolean failed, long now) {
        giveBack(failed, !failed, now);
    }

    /** Gives the peer back as the request goes on to another; {@code failed}: to its discredit. */
    void answerCut() {
        Peer used = peer;
        if (used != null) {
            used.state().answerCut();
        }
    }

    void passOn(boolean failed, long now) {
        giveBack(failed, false, now);
    }

    private void giveBack(boolean failed, boolean served, long now) {
        Peer used = peer;
        if (used == null) {
            return;
        }
        nowMillis = now;
        tell(used, served);
        peer = null;
        PeerState state = used.state();
        state.release();
        if (group().isSingle()) {
            state.forgive();
            tries = 0;
            return;
        }
        ServerParameters p = used.parameters();
        if (failed) {
            int fails = state.failed(p.weight(), p.maxFails(), now);
            if (p.maxFails() > 0 && fails >= p.maxFails() && exchange != null) {
                exchange().log(FaultKind.SERVER_DISABLED, Severity.WARN,
                        "upstream server temporarily disabled" + doing());
            }
        } else {
            state.succeeded(p.maxFails(), now);
        }
        if (tries > 0) {
            tries--;
        }
    }

    private String doing() {
        UpstreamExchange asking = exchange().upstream();
        return asking == null ? "" : UpstreamLogText.doing(asking.state());
    }

    private void tell(Peer used, boolean served) {
        Upstream of = present(upstream);
        of.balancer().ended(this, used, served);
        Affinity affinity = of.affinity();
        if (affinity != null && served && exchange != null) {
            affinity.served(this, used);
        }
    }

    /** The exchange is over while the peer still works: nothing of it may be looked at any more. */
    void orphan() {
        exchange = null;
    }

    /** Forgets all. */
    void clear() {
        upstream = null;
        group = null;
        backup = null;
        exchange = null;
        peer = null;
        last = null;
    }
}
