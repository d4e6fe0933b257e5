package io.frontdesk.engine.request;

/**
 * What a content handler keeps for an exchange while it answers: a proxy attempt, say. The exchange tells it when the client went away or
 * has room again, and when everything is over. Loop of the exchange only.
 */
public interface ContentState {
    /** The client can take more. */
    default void clientWritable() {}

    /** The client is gone; stop the work unless it shall be finished regardless. */
    default void clientGone() {}

    /** The exchange is over: release all that is held. Called exactly once. */
    default void release() {}
}
