package io.frontdesk.net.listen;

import org.jspecify.annotations.Nullable;

/**
 * How a listening socket is made: those parameters of {@code listen} that concern the socket. Immutable; each
 * {@code with…} gives a changed copy. 0 of a number leaves it to the kernel.
 *
 * @param backlog
 *            how many connections may wait to be accepted
 * @param receiveBufferBytes
 *            SO_RCVBUF ({@code rcvbuf})
 * @param sendBufferBytes
 *            SO_SNDBUF ({@code sndbuf})
 * @param reuseport
 *            whether other processes may listen on the same port beside us; our own loops do so anyway
 * @param keepAlive
 *            what so_keepalive says, null when it says nothing
 * @param deferred
 *            whether a connection is accepted only when its first bytes are there
 * @param fastOpen
 *            how many connections may have sent data before their handshake is done
 * @param ipv6only
 *            whether an IPv6 wildcard leaves IPv4 alone
 * @param acceptsPerTurn
 *            how many connections one loop accepts in a turn ({@code multi_accept} is: many)
 */
public record ListenOptions(int backlog, int receiveBufferBytes, int sendBufferBytes, boolean reuseport,
        @Nullable KeepAlive keepAlive, boolean deferred, int fastOpen, boolean ipv6only, int acceptsPerTurn) {

    /** nginx's defaults. */
    public static final ListenOptions DEFAULT = new ListenOptions(511, 0, 0, false, null, false, 0, true, 1);

    /**
     * TCP keep-alive of accepted connections.
     *
     * @param on
     *            whether it is done
     * @param idleSeconds
     *            after how long without traffic the first probe goes out, 0 for the kernel's own time
     * @param intervalSeconds
     *            how long between probes, 0 for the kernel's own
     * @param count
     *            how many unanswered probes end the connection, 0 for the kernel's own
     */
    public record KeepAlive(boolean on, int idleSeconds, int intervalSeconds, int count) {
        public static final KeepAlive ON = new KeepAlive(true, 0, 0, 0);
        public static final KeepAlive OFF = new KeepAlive(false, 0, 0, 0);
    }

    /** What a parameter of {@code listen} turned out to be. */
    public sealed interface Word {
        /** One of ours: the options with it, and a notice for the log where it has no effect here. */
        record Taken(ListenOptions options, @Nullable String notice) implements Word {}

        /** One of ours, but wrong; {@code reason} is nginx's wording. */
        record Refused(String reason) implements Word {}

        /** None of ours: something for the server, or an invalid parameter. */
        record Unknown() implements Word {}
    }

    /**
     * Reads one parameter of {@code listen}, such as {@code backlog=1024} or {@code deferred}, on top of these options.
     */
    public Word with(String word) {
        return ListenWords.read(this, word);
    }

    public ListenOptions withBacklog(int value) {
        return new ListenOptions(value, receiveBufferBytes, sendBufferBytes, reuseport, keepAlive, deferred, fastOpen,
                ipv6only, acceptsPerTurn);
    }

    public ListenOptions withReceiveBufferBytes(int value) {
        return new ListenOptions(backlog, value, sendBufferBytes, reuseport, keepAlive, deferred, fastOpen, ipv6only,
                acceptsPerTurn);
    }

    public ListenOptions withSendBufferBytes(int value) {
        return new ListenOptions(backlog, receiveBufferBytes, value, reuseport, keepAlive, deferred, fastOpen, ipv6only,
                acceptsPerTurn);
    }

    public ListenOptions withReuseport(boolean value) {
        return new ListenOptions(backlog, receiveBufferBytes, sendBufferBytes, value, keepAlive, deferred, fastOpen,
                ipv6only, acceptsPerTurn);
    }

    public ListenOptions withKeepAlive(@Nullable KeepAlive value) {
        return new ListenOptions(backlog, receiveBufferBytes, sendBufferBytes, reuseport, value, deferred, fastOpen,
                ipv6only, acceptsPerTurn);
    }

    public ListenOptions withDeferred(boolean value) {
        return new ListenOptions(backlog, receiveBufferBytes, sendBufferBytes, reuseport, keepAlive, value, fastOpen,
                ipv6only, acceptsPerTurn);
    }

    public ListenOptions withFastOpen(int value) {
        return new ListenOptions(backlog, receiveBufferBytes, sendBufferBytes, reuseport, keepAlive, deferred, value,
                ipv6only, acceptsPerTurn);
    }

    public ListenOptions withIpv6only(boolean value) {
        return new ListenOptions(backlog, receiveBufferBytes, sendBufferBytes, reuseport, keepAlive, deferred, fastOpen,
                value, acceptsPerTurn);
    }

    public ListenOptions withAcceptsPerTurn(int value) {
        return new ListenOptions(backlog, receiveBufferBytes, sendBufferBytes, reuseport, keepAlive, deferred, fastOpen,
                ipv6only, value);
    }
}
