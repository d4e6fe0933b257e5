package io.frontdesk.engine.upstream;

import io.frontdesk.engine.resolve.ResolverSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An upstream block being linked: servers, and whatever modules say about balancing and keeping. Control plane only. */
public final class UpstreamBuilder {
    private final String name;
    private final List<Peer> primary = new ArrayList<>();
    private final List<Peer> backup = new ArrayList<>();
    private final List<NamedServer> names = new ArrayList<>();
    private KeepAlive keepAlive = KeepAlive.DEFAULT;
    private Balancer balancer = RoundRobinBalancer.INSTANCE;
    private boolean hasReserve = true;
    private @Nullable Affinity affinity;
    private ResolverSettings resolver = ResolverSettings.NONE;
    private long resolverTimeoutMillis;

    UpstreamBuilder(String name) {
        this.name = name;
    }

    /** The block's name. */
    public String name() {
        return name;
    }

    /** Adds the addresses of a {@code server} line, which are {@code text} there. */
    public UpstreamBuilder server(List<PeerAddress> addresses, String text, ServerParameters parameters) {
        List<Peer> to = parameters.backup() ? backup : primary;
        for (PeerAddress address : addresses) {
            to.add(new Peer(address, text, parameters, null, to.size(), new PeerState(parameters.weight())));
        }
        return this;
    }

    /** Adds a server whose addresses are looked up while requests run. */
    public UpstreamBuilder server(NamedServer named) {
        names.add(named);
        return this;
    }

    /** Says how connections are kept. */
    public UpstreamBuilder keepAlive(KeepAlive value) {
        keepAlive = value;
        return this;
    }

    /** Sets what chooses, and whether there can be backup servers. */
    public UpstreamBuilder balancer(Balancer value, boolean reserve) {
        balancer = value;
        hasReserve = reserve;
        return this;
    }

    /** Sets what binds clients to servers. */
    public UpstreamBuilder affinity(Affinity value) {
        affinity = value;
        return this;
    }

    /** Sets who is asked for names. */
    public UpstreamBuilder resolver(ResolverSettings settings, long timeoutMillis) {
        resolver = settings;
        resolverTimeoutMillis = timeoutMillis;
        return this;
    }

    /** Whether it has no server that is not a backup. */
    public boolean isEmpty() {
        return primary.isEmpty() && names.stream().allMatch(named -> named.parameters().backup());
    }

    /** Whether some name is looked up while requests run. */
    public boolean hasNames() {
        return !names.isEmpty();
    }

    ResolverSettings resolver() {
        return resolver;
    }

    long resolverTimeoutMillis() {
        return resolverTimeoutMillis;
    }

    Upstream build() {
        boolean reserve = !backup.isEmpty() || !names.isEmpty() && hasReserve;
        return new Upstream(name, Members.of(primary, reserve ? backup : null, balancer), keepAlive, balancer,
                affinity, names);
    }
}
