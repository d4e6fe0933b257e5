package io.frontdesk.engine.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ordinary servers of an upstream, or its backup servers, as they are at a moment. Immutable, shared by all loops. */
public final class PeerGroup {
    private final Peer[] peers;
    private final int available;
    private final long totalWeight;
    private final boolean single;
    private final @Nullable Object table;

    PeerGroup(List<Peer> peers, boolean single, Balancer balancer) {
        this.peers = new Peer[peers.size()];
        int tries = 0;
        long weight = 0;
        for (int i = 0; i < this.peers.length; i++) {
            Peer peer = peers.get(i).at(i);
            this.peers[i] = peer;
            tries += peer.parameters().isOff() ? 0 : 1;
            weight += peer.parameters().weight();
        }
        this.available = tries;
        this.totalWeight = weight;
        this.single = single;
        this.table = balancer.table(this);
    }

    /** How many peers there are. */
    public int size() {
        return peers.length;
    }

    /** The peer at a place. */
    public Peer peer(int index) {
        return peers[index];
    }

    /** All peers. */
    List<Peer> peers() {
        return List.of(peers);
    }

    /** How many are not marked {@code down}: nginx tries so many at most. */
    int tries() {
        return available;
    }

    /** The sum of the configured weights. */
    public long totalWeight() {
        return totalWeight;
    }

    /** The place of the peer that has a part of the line from 0 to {@link #totalWeight}, each as long as its weight. */
    public int placeOf(long part) {
        long left = part;
        int place = 0;
        while (left >= peers[place].parameters().weight()) {
            left -= peers[place].parameters().weight();
            place++;
        }
        return place;
    }

    /** nginx: a single peer is never marked down by failures. */
    public boolean isSingle() {
        return single;
    }

    /** What the upstream's balancer made of this group, or null. */
    public @Nullable Object table() {
        return table;
    }
}
