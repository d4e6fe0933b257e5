package io.frontdesk.modules.iphash;

import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import io.frontdesk.engine.upstream.RoundRobinBalancer;
import org.jspecify.annotations.Nullable;

/** nginx's hash of a client's network: for the same address and servers it chooses what nginx chooses. Stateless. */
final class IpHashBalancer implements Balancer {
    private static final byte[] NO_ADDRESS = new byte[3];
    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 3;

    @Override
    public void begin(Choice choice) {
        choice.hash(89);
    }

    @Override
    public @Nullable Peer choose(Choice choice) {
        PeerGroup group = choice.group();
        if (choice.isTired() || group.size() < 2) {
            return RoundRobinBalancer.INSTANCE.choose(choice);
        }
        byte[] address = choice.exchange().connection().remoteAddressBytes();
        if (address.length == 0) {
            address = NO_ADDRESS;
        }
        int length = address.length == IPV4_BYTES ? NETWORK_BYTES : address.length;
        int hash = (int) choice.hash();
        while (true) {
            hash = next(hash, address, length);
            Peer peer = group.peer(group.placeOf(hash % group.totalWeight()));
            if (choice.mayTake(peer)) {
                choice.hash(hash);
                return peer;
            }
            choice.countTurn();
            if (choice.isTired()) {
                return RoundRobinBalancer.INSTANCE.choose(choice);
            }
        }
    }

    static int next(int before, byte[] address, int length) {
        int hash = before;
        for (int i = 0; i < length; i++) {
            hash = (hash * 113 + (address[i] & 0xff)) % 6271;
        }
        return hash;
    }
}
