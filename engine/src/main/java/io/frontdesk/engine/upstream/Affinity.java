package io.frontdesk.engine.upstream;

/**
 * Binds a client to the peer that served it before ({@code sticky}). One per upstream, shared by all loops; what it must remember of a
 * request is in the {@link Choice}.
 */
public interface Affinity {
    /** A request comes: who is it? */
    void begin(Choice choice);

    /** A peer is about to be chosen: says by {@link Choice#bind} which one would be right. */
    void seek(Choice choice);

    /** The peer got the request. */
    default void taken(Choice choice, Peer peer) {}

    /** The head of its response came. */
    default void headCame(Choice choice, Peer peer) {}

    /** It has served the request. */
    default void served(Choice choice, Peer peer) {}
}
