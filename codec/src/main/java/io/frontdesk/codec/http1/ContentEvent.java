package io.frontdesk.codec.http1;

/** What a content reader makes of the bytes so far. */
public enum ContentEvent {
    /** All bytes were taken; more are needed. */
    NEED_MORE,
    /** A run of content was passed over: the reader says where in the buffer it lies. */
    DATA,
    /** The content has ended exactly; what follows is left in the buffer. */
    END,
    /** The content is refused: the reader says why, and the connection must not be read on. */
    REFUSED
}
