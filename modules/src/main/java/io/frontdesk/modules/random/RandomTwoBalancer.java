package io.frontdesk.modules.random;

import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import io.frontdesk.engine.upstream.ResponseTime;
import io.frontdesk.engine.upstream.RoundRobinBalancer;
import org.jspecify.annotations.Nullable;

/** Draws two servers and takes the one with less to do. Immutable, shared by all loops. */
final class RandomTwoBalancer implements Balancer {
    private final @Nullable ResponseTime time;

    /** {@code time} decides between the two; null for the number of requests. */
    RandomTwoBalancer(@Nullable ResponseTime time) {
        this.time = time;
    }

    @Override
    public @Nullable Peer choose(Choice choice) {
        PeerGroup group = choice.group();
        if (choice.isTired() || group.size() < 2) {
            return RoundRobinBalancer.INSTANCE.choose(choice);
        }
        Peer first = null;
        while (true) {
            Peer peer = RandomBalancer.draw(choice);
            if (peer != first && choice.mayTake(peer)) {
                if (first != null) {
                    return load(choice, peer) * first.parameters().weight() > load(choice, first)
                            * peer.parameters().weight() ? first : peer;
                }
                first = peer;
                continue;
            }
            choice.countTurn();
            if (choice.isTired()) {
                return RoundRobinBalancer.INSTANCE.choose(choice);
            }
        }
    }

    private long load(Choice choice, Peer peer) {
        return time == null ? peer.state().connections() : time.expected(peer, choice.nowMillis());
    }

    @Override
    public void ended(Choice choice, Peer peer, boolean well) {
        if (time != null) {
            ResponseTime.ended(choice, peer, well);
        }
    }
}
