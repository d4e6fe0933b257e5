package io.frontdesk.engine.upstream;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the peer that gets a request. One per upstream, shared by all loops, so what it keeps is atomic or in the peers' states; what it
 * must remember of a request is in the {@link Choice}. Never waits.
 */
@FunctionalInterface
public interface Balancer {
    /**
     * Chooses among those peers of {@link Choice#group} that {@link Choice#mayTake} names.
     *
     * @return null when there is none
     */
    @Nullable
    Peer choose(Choice choice);

    /** What is worked out once for a group, found again by {@link PeerGroup#table}; null for nothing. */
    default @Nullable Object table(PeerGroup group) {
        return null;
    }

    /** A request comes that will need a peer. */
    default void begin(Choice choice) {}

    /** The client is bound to this peer, which can take the request: gives the peer that gets it. */
    default Peer prefer(Choice choice, Peer bound) {
        return bound;
    }

    /** The peer got the request. */
    default void taken(Choice choice, Peer peer) {}

    /** The head of its response came. */
    default void headCame(Choice choice, Peer peer) {}

    /** It is done with the request; {@code well} unless that came to nothing. */
    default void ended(Choice choice, Peer peer, boolean well) {}
}
