package io.frontdesk.engine.upstream;

import java.util.List;

/** The ordinary servers of an upstream, or its backup servers. Immutable, shared by all loops. */
public final class PeerGroup {
    private final Peer[] peers;
    private final int available;
    private final boolean single;

    PeerGroup(List<Peer> peers, boolean hasOther) {
        this.peers = peers.toArray(new Peer[0]);
        this.available = (int) peers.stream().filter(peer -> !peer.parameters().down()).count();
        this.single = peers.size() == 1 && !hasOther;
    }

    /** How many peers there are. */
    public int size() {
        return peers.length;
    }

    /** The peer at a place. */
    public Peer peer(int index) {
        return peers[index];
    }

    /** How many are not marked {@code down}: nginx tries so many at most. */
    int tries() {
        return available;
    }

    /** nginx: a single peer is never marked down by failures. */
    public boolean isSingle() {
        return single;
    }
}
