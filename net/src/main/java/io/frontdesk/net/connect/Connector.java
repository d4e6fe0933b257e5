package io.frontdesk.net.connect;

import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.ReadLimit;
import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the outbound connections of one loop. Used on its thread alone. */
public final class Connector {

    /** What a new connection reads at a time until its owner says otherwise, by {@link io.frontdesk.net.loop.ReadLimit#of}. */
    public static final int FIRST_READ_BYTES = 32 * 1024;

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
    private final @Nullable Function<SocketAddress, Channel> channels;

    /** Connections of {@code loop}. */
    public Connector(Loop loop) {
        this(loop, null);
    }

    private Connector(Loop loop, @Nullable Function<SocketAddress, Channel> channels) {
        this.loop = loop;
        this.channels = channels;
    }

    /** Makes no socket: each connection is a channel that the function gives, and that is there at once. */
    public static Connector offline(Loop loop, Function<SocketAddress, Channel> channels) {
        return new Connector(loop, channels);
    }

    /**
     * Begins to connect to {@code remote}, an {@link InetSocketAddress} or what the loop's transport has as unix
     * address.
     * The outcome may come before this returns.
     */
    public ConnectAttempt connect(SocketAddress remote, ConnectOptions options, Outcome outcome) {
        var attempt = new ConnectAttempt(loop, remote, options, outcome);
        if (channels != null) {
            attempt.cancel();
            Channel there = channels.apply(remote);
            there.config().setRecvByteBufAllocator(new ReadLimit(loop.upstreamReceive(), FIRST_READ_BYTES));
            outcome.prepare(there);
            outcome.connected(there);
            return attempt;
        }
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
