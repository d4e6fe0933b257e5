package io.frontdesk.engine.upstream;

/** Where an exchange with an upstream stands. */
public enum UpstreamState {
    /** It waits for the next request. */
    SPARE,
    /** The request's body is read. */
    READING_BODY,
    /** The addresses of a name are asked for. */
    RESOLVING,
    /** A peer is chosen. */
    CHOOSING,
    /** A connection is made. */
    CONNECTING,
    /** TLS is agreed on. */
    HANDSHAKING,
    /** The request is sent; a head may come all the same. */
    SENDING,
    /** The request is out. */
    AWAITING_HEAD,
    /** The body passes on to the client. */
    RELAYING,
    /** Bytes go both ways. */
    TUNNEL,
    /** The client is gone, and the upstream shall finish regardless. */
    ORPHANED,
    /** The upstream is done with; what is left is between us and the client. */
    DONE,
    /** It came to nothing. */
    FAILED
}
