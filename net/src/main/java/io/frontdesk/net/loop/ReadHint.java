package io.frontdesk.net.loop;

/** What the loop knows about the connection that it is reading now. Owned by its loop, used on its thread alone. */
final class ReadHint {

    /** Whether the end of the peer's bytes is already here, so that another read finds more bytes or the end. */
    boolean ending;
    /** Whether the last reading went as far as there was something to read. */
    boolean drained;
}
