package io.frontdesk.engine.upstream;

/** What active checks say of a peer. */
public enum PeerHealth {
    /** Nobody checks it. */
    UNCHECKED,
    /** It must be checked before it gets requests. */
    CHECKING,
    /** It passed. */
    HEALTHY,
    /** It failed: it gets no requests. */
    UNHEALTHY;

    /** Whether a peer of that health gets requests. */
    boolean isUsable() {
        return this == UNCHECKED || this == HEALTHY;
    }
}
