package io.frontdesk.codec.http1;

/** What a head reader makes of the bytes so far. */
public enum Result {
    /** All bytes were taken; more are needed. */
    NEED_MORE,
    /** The head is whole; what follows it is left in the buffer. */
    HEAD,
    /** Upstream side only: an interim response (1xx except 101) is whole; another head follows. */
    INTERIM,
    /** The message is refused: the reader says why, and the connection must not be read on. */
    REFUSED
}
