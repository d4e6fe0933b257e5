package io.frontdesk.engine.upstream;

import java.util.function.Predicate;
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
        return round(choice, null, null);
    }

    /** A round of some peers only. */
    public @Nullable Peer chooseAmong(Choice choice, Predicate<Peer> some) {
        return round(choice, null, some);
    }

    /** nginx: requests of bound clients are accounted, one in a row, so that the others are spread to make up for them. */
    @Override
    public Peer prefer(Choice choice, Peer bound) {
        long rest = choice.group().totalWeight() - bound.parameters().weight();
        if (bound.state().currentWeight() > -rest * PeerState.WHOLE) {
            round(choice, bound, null);
        }
        return bound;
    }

    private static @Nullable Peer round(Choice choice, @Nullable Peer bound, @Nullable Predicate<Peer> some) {
        PeerGroup group = choice.group();
        Peer best = null;
        long bestWeight = 0;
        long total = 0;
        for (int i = 0; i < group.size(); i++) {
            Peer peer = group.peer(i);
            if (!choice.mayTake(peer) || some != null && !some.test(peer)) {
                continue;
            }
            total += raise(choice, peer);
            long weight = peer.state().currentWeight();
            if (best == null || weight > bestWeight) {
                best = peer;
                bestWeight = weight;
            }
        }
        Peer taken = bound == null ? best : bound;
        if (taken != null) {
            taken.state().lower(total);
        }
        return taken;
    }

    /** Raises a peer by its weight; gives by how much. */
    static long raise(Choice choice, Peer peer) {
        ServerParameters p = peer.parameters();
        return peer.state().raise(p.weight(), peer.state().share(p.slowStartMillis(), choice.nowMillis()));
    }
}
