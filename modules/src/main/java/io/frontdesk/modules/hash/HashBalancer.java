package io.frontdesk.modules.hash;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import io.frontdesk.engine.upstream.RoundRobinBalancer;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/** nginx's plain hash of a key, which is that of Cache::Memcached: it chooses what nginx chooses. Immutable, shared by all loops. */
final class HashBalancer implements Balancer {
    private final Template template;

    HashBalancer(Template key) {
        this.template = key;
    }

    @Override
    public void begin(Choice choice) {
        choice.key().clear();
        template.append(choice.exchange(), choice.key());
    }

    @Override
    public @Nullable Peer choose(Choice choice) {
        PeerGroup group = choice.group();
        if (choice.isTired() || group.size() < 2 || choice.key().isEmpty()) {
            return RoundRobinBalancer.INSTANCE.choose(choice);
        }
        while (true) {
            choice.hash(choice.hash() + part(choice.key(), choice.step()) & 0xffff_ffffL);
            choice.step(choice.step() + 1);
            Peer peer = group.peer(group.placeOf(choice.hash() % group.totalWeight()));
            if (choice.mayTake(peer)) {
                return peer;
            }
            choice.countTurn();
            if (choice.isTired()) {
                return RoundRobinBalancer.INSTANCE.choose(choice);
            }
        }
    }

    /** Cache::Memcached: {@code (crc32([again] key) >> 16) & 0x7fff}, with the number of the turn before the key from the second on. */
    static int part(Bytes key, int again) {
        int crc = Crc32.START;
        if (again > 0) {
            int divisor = 1;
            while (again / divisor >= 10) {
                divisor *= 10;
            }
            byte[] digit = new byte[1];
            for (; divisor > 0; divisor /= 10) {
                digit[0] = (byte) ('0' + again / divisor % 10);
                crc = Crc32.update(crc, digit, 0, 1);
            }
        }
        return Crc32.finish(Crc32.update(crc, key.array(), 0, key.length())) >>> 16 & 0x7fff;
    }
}
