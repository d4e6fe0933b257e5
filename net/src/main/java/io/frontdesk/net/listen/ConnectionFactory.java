package io.frontdesk.net.listen;

import io.frontdesk.net.Errno;
import io.frontdesk.net.loop.Loop;
import io.netty.channel.Channel;

/**
 * What becomes of the connections that a {@link Listener} accepts. Each call comes on the thread of the loop it names.
 */
public interface ConnectionFactory {

    /**
     * Sets up the pipeline of a new connection, which belongs to {@code loop} for life. It is not registered yet:
     * nothing is
     * read before this returns, and the pipeline becomes active after it. Its local and remote addresses are known to
     * the
     * channel already, and asking for them costs no system call. To refuse it, close it.
     */
    void accepted(Channel channel, Listener listener, Loop loop);

    /**
     * accept() failed. When the process or the system has no descriptor left (EMFILE, ENFILE: nginx logs those at
     * crit), accepting
     * pauses by itself on this loop for {@link Listener#PAUSE_MILLIS}. A peer that went away first is not reported.
     */
    default void acceptFailed(Listener listener, Loop loop, Errno errno) {}

    /** {@link #accepted} threw: a bug of ours. The connection is closed already. */
    default void broken(Listener listener, Loop loop, Throwable bug) {}
}
