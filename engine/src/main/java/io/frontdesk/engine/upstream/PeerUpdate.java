package io.frontdesk.engine.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of an upstream once a name stands for other addresses: who is found again keeps its place and its state. */
final class PeerUpdate {
    /**
     * What a look-up found. A value.
     *
     * @param server  the name behind it
     * @param reserve whether it is to be a backup server
     */
    record Found(PeerAddress address, String server, int weight, boolean reserve) {}

    private PeerUpdate() {}

    /** The members once {@code named} stands for these addresses, in their order. */
    static Members of(Upstream upstream, NamedServer named, List<Found> found) {
        Members now = upstream.members();
        PeerGroup backup = now.backup();
        boolean toBackup = named.parameters().backup();
        List<Found> first = found.stream().filter(one -> !one.reserve()).toList();
        List<Found> second = found.stream().filter(Found::reserve).toList();
        PeerHealth health = upstream.initialHealth();
        List<Peer> primary = toBackup ? now.primary().peers() : group(now.primary(), named, first, health);
        if (backup == null) {
            return Members.of(primary, null, upstream.balancer());
        }
        return Members.of(primary, group(backup, named, toBackup ? first : second, health), upstream.balancer());
    }

    private static List<Peer> group(PeerGroup now, NamedServer named, List<Found> found, PeerHealth health) {
        List<Found> left = new ArrayList<>(found);
        List<Peer> next = new ArrayList<>();
        for (Peer peer : now.peers()) {
            if (peer.origin() != named || take(left, peer) != null) {
                next.add(peer);
            }
        }
        for (Found one : left) {
            PeerState state = new PeerState(one.weight());
            state.begin(health);
            next.add(new Peer(one.address(), one.server(), named.parameters().withWeight(one.weight()), named,
                    next.size(), state));
        }
        return next;
    }

    private static @Nullable Found take(List<Found> left, Peer peer) {
        for (Found one : left) {
            if (one.address().name().equals(peer.name()) && one.server().equals(peer.server())
                    && one.weight() == peer.parameters().weight()) {
                left.remove(one);
                return one;
            }
        }
        return null;
    }
}
