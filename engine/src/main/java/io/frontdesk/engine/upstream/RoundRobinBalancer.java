package io.frontdesk.engine.upstream;

import org.jspecify.annotations.Nullable;

/**
 * nginx's smooth weighted round robin: each round raises every peer by its effective weight, takes the highest, and lowers it by the sum.
 * The weights are atomic and their sum is kept whatever loops do at once, so that shares are exact without a lock; two loops that choose
 * at the very same moment may take the same peer, which the next rounds make up for. Stateless.
 */
public final class RoundRobinBalancer implements Balancer {
    /** The one instance. */
    public static final RoundRobinBalancer INSTANCE = new RoundRobinBalancer();

    private RoundRobinBalancer() {}

    @Override
    public @Nullable Peer choose(Choice choice) {
        PeerGroup group = choice.group();
        Peer best = null;
        int bestWeight = 0;
        int total = 0;
        for (int i = 0; i < group.size(); i++) {
            Peer peer = group.peer(i);
            if (!choice.mayTake(peer)) {
                continue;
            }
            PeerState state = peer.state();
            total += state.raise(peer.parameters().weight());
            int weight = state.currentWeight();
            if (best == null || weight > bestWeight) {
                best = peer;
                bestWeight = weight;
            }
        }
        if (best != null) {
            best.state().lower(total);
        }
        return best;
    }
}
