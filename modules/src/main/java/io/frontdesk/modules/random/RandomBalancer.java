package io.frontdesk.modules.random;

import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import io.frontdesk.engine.upstream.RoundRobinBalancer;
import org.jspecify.annotations.Nullable;

/** Draws a server, each with the odds of its weight. Stateless. */
final class RandomBalancer implements Balancer {
    @Override
    public @Nullable Peer choose(Choice choice) {
        PeerGroup group = choice.group();
        if (choice.isTired() || group.size() < 2) {
            return RoundRobinBalancer.INSTANCE.choose(choice);
        }
        while (true) {
            Peer peer = draw(choice);
            if (choice.mayTake(peer)) {
                return peer;
            }
            choice.countTurn();
            if (choice.isTired()) {
                return RoundRobinBalancer.INSTANCE.choose(choice);
            }
        }
    }

    static Peer draw(Choice choice) {
        PeerGroup group = choice.group();
        long lot = choice.exchange().worker().randomLong() >>> 1;
        return group.peer(group.placeOf(lot % group.totalWeight()));
    }
}
