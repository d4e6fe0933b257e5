package io.frontdesk.engine.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A named group of servers, or the addresses that a {@code proxy_pass} names by itself. Who is in it may change while names are looked up
 * again: one thread at a time swaps {@link Members}. All else is immutable but for the peers' states; shared by all loops.
 */
public final class Upstream {
    private static final @Nullable IdlePool[] NO_POOLS = new @Nullable IdlePool[0];

    private final String name;
    private final KeepAlive keepAlive;
    private final Balancer balancer;
    private final @Nullable Affinity affinity;
    private final List<NamedServer> names;
    /** By loop; an array is never written once it is here. */
    private final AtomicReference<@Nullable IdlePool[]> pools = new AtomicReference<>(NO_POOLS);
    private volatile Members members;
    private volatile PeerHealth health = PeerHealth.UNCHECKED;
    private volatile @Nullable Runnable watcher;

    Upstream(String name, Members members, KeepAlive keepAlive, Balancer balancer, @Nullable Affinity affinity,
            List<NamedServer> names) {
        this.name = name;
        this.members = members;
        this.keepAlive = keepAlive;
        this.balancer = balancer;
        this.affinity = affinity;
        this.names = List.copyOf(names);
    }

    /** What a {@code proxy_pass} to plain addresses makes: round robin, nothing is kept alive. */
    public static Upstream implicit(String name, List<PeerAddress> addresses) {
        List<Peer> peers = new ArrayList<>();
        for (PeerAddress address : addresses) {
            peers.add(new Peer(address, name, ServerParameters.DEFAULT, null, peers.size(),
                    new PeerState(ServerParameters.DEFAULT.weight())));
        }
        return new Upstream(name, Members.of(peers, null, RoundRobinBalancer.INSTANCE), KeepAlive.NONE,
                RoundRobinBalancer.INSTANCE, null, List.of());
    }

    /**
     * One peer alone, with a state of its own: what checks it must not count as a request.
     *
     * @param port another port than the peer's, or 0
     */
    public Upstream only(Peer peer, int port, KeepAlive kept) {
        PeerAddress address = port == 0 ? peer.address() : peer.address().withPort(port);
        List<Peer> alone = List.of(new Peer(address, peer.server(), ServerParameters.DEFAULT, null, 0,
                new PeerState(ServerParameters.DEFAULT.weight())));
        return new Upstream(name, Members.of(alone, null, RoundRobinBalancer.INSTANCE), kept,
                RoundRobinBalancer.INSTANCE, null, List.of());
    }

    /** Its name: that of its block, or host and port. */
    public String name() {
        return name;
    }

    /** Who is in it now. */
    Members members() {
        return members;
    }

    /** Changes who is in it. */
    void members(Members next) {
        members = next;
        Runnable told = watcher;
        if (told != null) {
            told.run();
        }
    }

    /** All its peers, ordinary and backup, as they are now. */
    public List<Peer> peers() {
        Members now = members;
        List<Peer> all = new ArrayList<>(now.primary().peers());
        PeerGroup backup = now.backup();
        if (backup != null) {
            all.addAll(backup.peers());
        }
        return all;
    }

    /** The health of peers that nobody has checked yet: other than {@code UNCHECKED} when somebody will. */
    public PeerHealth initialHealth() {
        return health;
    }

    /** Says that peers are checked; before anything runs. */
    public void checked(PeerHealth initial) {
        health = initial;
    }

    /** Who hears, on whatever thread, that there are other peers; null for nobody. */
    public void watcher(@Nullable Runnable told) {
        watcher = told;
    }

    /** The ordinary servers. */
    public PeerGroup primary() {
        return members.primary();
    }

    /** The backup servers, or null. */
    public @Nullable PeerGroup backup() {
        return members.backup();
    }

    /** How connections are kept. */
    public KeepAlive keepAlive() {
        return keepAlive;
    }

    /** What chooses. */
    public Balancer balancer() {
        return balancer;
    }

    /** What binds clients to servers, or null. */
    public @Nullable Affinity affinity() {
        return affinity;
    }

    /** The names whose addresses are looked up while requests run. */
    List<NamedServer> names() {
        return names;
    }

    /** The idle connections of a loop, or null when it never had any. */
    @Nullable
    IdlePool pool(int loop) {
        @Nullable
        IdlePool[] known = pools.get();
        return loop < known.length ? known[loop] : null;
    }

    /** Gives a loop its place for idle connections: once, for {@link #pool}. */
    IdlePool addPool(int loop) {
        IdlePool made = new IdlePool(keepAlive);
        while (true) {
            @Nullable
            IdlePool[] before = pools.get();
            @Nullable
            IdlePool[] after = java.util.Arrays.copyOf(before, Math.max(before.length, loop + 1));
            after[loop] = made;
            if (pools.compareAndSet(before, after)) {
                return made;
            }
        }
    }

    /** Nothing more is asked of it: a loop closes its idle connections, and keeps no more. */
    public void rest(int loop) {
        IdlePool pool = pool(loop);
        (pool == null ? addPool(loop) : pool).rest();
    }

    @Override
    public String toString() {
        return name;
    }
}
