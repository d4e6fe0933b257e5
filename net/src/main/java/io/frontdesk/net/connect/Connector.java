package io.frontdesk.net.connect;

import io.frontdesk.net.loop.Loop;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Makes the outbound connections of one loop. Used on its thread alone. */
public final class Connector {

    /** What comes of an attempt: exactly one of {@link #connected} and {@link #failed}, unless it was cancelled. */
    public interface Outcome {

        /** Sets up the pipeline before anything happens; it becomes active just before {@link #connected}. */
        default void prepare(io.netty.channel.Channel channel) {}

        /** The connection is there. */
        void connected(io.netty.channel.Channel channel);

        /** It is not, and its channel, where there was one, is closed. */
        void failed(ConnectFault fault);
    }

    private final Loop loop;

    /** Connections of {@code loop}. */
    public Connector(Loop loop) {
        this.loop = loop;
    }

    /**
     * Begins to connect to {@code remote}, an {@link InetSocketAddress} or what the loop's transport has as unix
     * address.
     * The outcome may come before this returns.
     */
    public ConnectAttempt connect(SocketAddress remote, ConnectOptions options, Outcome outcome) {
        var attempt = new ConnectAttempt(loop, remote, options, outcome);
        attempt.begin();
        return attempt;
    }

    /** Begins to connect to the unix socket of this path, a byte string. */
    public ConnectAttempt connectUnix(String path, ConnectOptions options, Outcome outcome) {
        return connect(loop.transport().unixAddress(path), options, outcome);
    }

    static boolean ipv6(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
    }
}
