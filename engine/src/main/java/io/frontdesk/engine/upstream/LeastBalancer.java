package io.frontdesk.engine.upstream;

import org.jspecify.annotations.Nullable;

/** Takes the peer with the least load for its weight; among equals it goes round. Loads may change while it looks, by other loops. */
public abstract class LeastBalancer implements Balancer {
    /** For subclasses. */
    protected LeastBalancer() {}

    /** The load of a peer that may be taken. */
    protected abstract long load(Choice choice, Peer peer);

    @Override
    public @Nullable Peer choose(Choice choice) {
        PeerGroup group = choice.group();
        long now = choice.nowMillis();
        Peer best = null;
        long bestLoad = 0;
        long bestWeight = 0;
        boolean many = false;
        for (int i = 0; i < group.size(); i++) {
            Peer peer = group.peer(i);
            if (!choice.mayTake(peer)) {
                continue;
            }
            long load = load(choice, peer);
            long weight = peer.weight(now);
            long difference = load * bestWeight - bestLoad * weight;
            if (best == null || difference < 0) {
                best = peer;
                bestLoad = load;
                bestWeight = weight;
                many = false;
            } else if (difference == 0) {
                many = true;
            }
        }
        return best == null || !many ? best : goRound(choice, best, bestLoad, bestWeight);
    }

    private Peer goRound(Choice choice, Peer first, long load, long weight) {
        PeerGroup group = choice.group();
        long now = choice.nowMillis();
        Peer best = first;
        long total = 0;
        for (int i = first.index(); i < group.size(); i++) {
            Peer peer = group.peer(i);
            if (!choice.mayTake(peer) || load(choice, peer) * weight != load * peer.weight(now)) {
                continue;
            }
            total += RoundRobinBalancer.raise(choice, peer);
            if (peer.state().currentWeight() > best.state().currentWeight()) {
                best = peer;
            }
        }
        best.state().lower(total);
        return best;
    }
}
