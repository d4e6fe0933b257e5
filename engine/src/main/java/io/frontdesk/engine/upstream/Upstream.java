package io.frontdesk.engine.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named group of servers, or the addresses that a {@code proxy_pass} names by itself. Immutable but for the peers' states; shared by all
 * loops.
 */
public final class Upstream {
    private final String name;
    private final PeerGroup primary;
    private final @Nullable PeerGroup backup;
    private final KeepAlive keepAlive;
    private final Balancer balancer;

    Upstream(String name, List<Peer> primary, List<Peer> backup, KeepAlive keepAlive, Balancer balancer) {
        this.name = name;
        this.primary = new PeerGroup(primary, !backup.isEmpty());
        this.backup = backup.isEmpty() ? null : new PeerGroup(backup, true);
        this.keepAlive = keepAlive;
        this.balancer = balancer;
    }

    /** What a {@code proxy_pass} to plain addresses makes: round robin, nothing is kept alive. */
    public static Upstream implicit(String name, List<PeerAddress> addresses) {
        List<Peer> peers = new ArrayList<>();
        for (PeerAddress address : addresses) {
            peers.add(new Peer(address, ServerParameters.DEFAULT, peers.size()));
        }
        return new Upstream(name, peers, List.of(), KeepAlive.NONE, RoundRobinBalancer.INSTANCE);
    }

    /** Its name: that of its block, or host and port. */
    public String name() {
        return name;
    }

    /** The ordinary servers. */
    public PeerGroup primary() {
        return primary;
    }

    /** The backup servers, or null. */
    public @Nullable PeerGroup backup() {
        return backup;
    }

    /** How connections are kept. */
    public KeepAlive keepAlive() {
        return keepAlive;
    }

    /** What chooses. */
    Balancer balancer() {
        return balancer;
    }

    @Override
    public String toString() {
        return name;
    }
}
