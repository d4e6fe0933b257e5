package io.frontdesk.modules.hash;

import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import io.frontdesk.engine.upstream.RoundRobinBalancer;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/**
 * The consistent hash of a key, by the ketama points that nginx and Cache::Memcached::Fast make of servers: it chooses what they choose.
 * Immutable, shared by all loops.
 */
final class ConsistentHashBalancer implements Balancer {
    private final Template template;

    ConsistentHashBalancer(Template key) {
        this.template = key;
    }

    @Override
    public Object table(PeerGroup group) {
        return KetamaPoints.of(group);
    }

    @Override
    public void begin(Choice choice) {
        choice.key().clear();
        template.append(choice.exchange(), choice.key());
        KetamaPoints points = points(choice.group());
        choice.hash(points.find(
                Crc32.finish(Crc32.update(Crc32.START, choice.key().array(), 0, choice.key().length()))));
    }

    private static KetamaPoints points(PeerGroup group) {
        Object table = group.table();
        if (table == null) {
            throw new IllegalStateException("a group of another balancer");
        }
        return (KetamaPoints) table;
    }

    @Override
    public @Nullable Peer choose(Choice choice) {
        PeerGroup group = choice.group();
        if (choice.isTired() || group.isSingle() || group.size() == 0 || choice.key().isEmpty()) {
            return RoundRobinBalancer.INSTANCE.choose(choice);
        }
        KetamaPoints points = points(group);
        while (true) {
            int server = points.server(choice.hash());
            Peer peer = RoundRobinBalancer.INSTANCE.chooseAmong(choice, candidate -> points.isOf(candidate, server));
            if (peer != null) {
                return peer;
            }
            choice.hash(choice.hash() + 1);
            choice.countTurn();
            if (choice.isTired()) {
                return RoundRobinBalancer.INSTANCE.choose(choice);
            }
        }
    }
}
