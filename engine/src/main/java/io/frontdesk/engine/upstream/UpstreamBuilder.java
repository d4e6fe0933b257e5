package io.frontdesk.engine.upstream;

import java.util.ArrayList;
import java.util.List;

/** An upstream block being linked: servers first, then whatever modules say about balancing and keeping. Control plane only. */
public final class UpstreamBuilder {
    private final String name;
    private final List<Peer> primary = new ArrayList<>();
    private final List<Peer> backup = new ArrayList<>();
    private KeepAlive keepAlive = KeepAlive.DEFAULT;
    private Balancer balancer = RoundRobinBalancer.INSTANCE;

    UpstreamBuilder(String name) {
        this.name = name;
    }

    /** The block's name. */
    public String name() {
        return name;
    }

    /** Adds the addresses of a {@code server} line. */
    public UpstreamBuilder server(List<PeerAddress> addresses, ServerParameters parameters) {
        List<Peer> to = parameters.backup() ? backup : primary;
        for (PeerAddress address : addresses) {
            to.add(new Peer(address, parameters, to.size()));
        }
        return this;
    }

    /** Says how connections are kept. */
    public UpstreamBuilder keepAlive(KeepAlive value) {
        keepAlive = value;
        return this;
    }

    /** Sets what chooses. */
    public UpstreamBuilder balancer(Balancer value) {
        balancer = value;
        return this;
    }

    /** Whether it has no server that is not a backup. */
    public boolean isEmpty() {
        return primary.isEmpty();
    }

    Upstream build() {
        return new Upstream(name, primary, backup, keepAlive, balancer);
    }
}
