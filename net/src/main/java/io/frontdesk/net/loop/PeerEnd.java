package io.frontdesk.net.loop;

/**
 * A user event of a connection that does not read at the moment: its peer is gone, though bytes from before may still be
 * unread. A connection that reads hears of the end by reading up to it, and gets no such event. By epoll only.
 */
public enum PeerEnd {
    /** The peer has sent its last byte; it may still be receiving. */
    FINISHED,
    /** The connection was reset, or is closed in both directions. */
    RESET
}
