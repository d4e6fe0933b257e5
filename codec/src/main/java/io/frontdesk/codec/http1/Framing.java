package io.frontdesk.codec.http1;

/** How the end of a message's content is found (RFC 9112 §6.3). Decided once, by the reader of the head. */
public enum Framing {
    /** There is no content. */
    NONE,
    /** So many bytes as Content-Length says, which may be 0. */
    LENGTH,
    /** The chunked transfer coding. */
    CHUNKED,
    /** All until the connection is closed: responses only. */
    UNTIL_CLOSE
}
