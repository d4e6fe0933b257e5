package io.frontdesk.net.connect;

import io.frontdesk.net.Errno;
import io.frontdesk.net.connect.ConnectFault.Step;
import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.ReadLimit;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One outbound connection in the making. Used on its loop's thread alone. */
public final class ConnectAttempt {

    private final Loop loop;
    private final SocketAddress remote;
    private final ConnectOptions options;
    private final Connector.Outcome outcome;
    private final Deadline deadline;
    private @Nullable Channel channel;
    private boolean settled;

    ConnectAttempt(Loop loop, SocketAddress remote, ConnectOptions options, Connector.Outcome outcome) {
        this.loop = loop;
        this.remote = remote;
        this.options = options;
        this.outcome = outcome;
        this.deadline = new Deadline(loop.deadlines(), _ -> fail(Step.DEADLINE, remote, Errno.ETIMEDOUT));
    }

    /** Gives up: no outcome comes any more. Without effect once one came. */
    public void cancel() {
        if (!settled) {
            settle();
            closeChannel();
        }
    }

    void begin() {
        Channel socket;
        try {
            socket = remote instanceof InetSocketAddress
                    ? loop.transport().newClient(Connector.ipv6(remote))
                    : loop.transport().newUnixClient();
        } catch (RuntimeException e) {
            fail(Step.SOCKET, remote, Errno.of(e));
            return;
        }
        channel = socket;
        outcome.prepare(socket);
        configure(socket);
        if (failed(loop.register(socket, new ReadLimit(loop.upstreamReceive(), Connector.FIRST_READ_BYTES)),
                Step.SOCKET, remote)) {
            return;
        }
        InetSocketAddress local = options.local();
        if (local != null && remote instanceof InetSocketAddress && !bind(socket, local)) {
            return;
        }
        deadline.arm(options.timeoutMillis());
        ChannelFuture connecting = socket.connect(remote);
        if (connecting.isDone()) {
            connected(connecting, true);
        } else {
            connecting.addListener((ChannelFutureListener) done -> connected(done, false));
        }
    }

    private boolean bind(Channel socket, InetSocketAddress local) {
        if (options.transparent() && socket instanceof EpollSocketChannel epoll) {
            try {
                epoll.config().setIpTransparent(true);
            } catch (RuntimeException e) {
                // It needs CAP_NET_RAW.
                fail(Step.BIND, local, Errno.of(e));
                return false;
            }
        }
        return !failed(socket.bind(local), Step.BIND, local);
    }

    private void configure(Channel socket) {
        // The wheel has the time limit; Netty's own would be an object and a timer for each attempt.
        socket.config().setConnectTimeoutMillis(0);
        if (remote instanceof InetSocketAddress) {
            if (options.keepAlive()) {
                socket.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            }
            InetSocketAddress local = options.local();
            if (local != null && local.getPort() == 0 && socket instanceof EpollSocketChannel) {
                // nginx: the port is chosen when the peer is known, so that ports are used up per peer.
                socket.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
            }
        }
    }

    /** Of a step that is over when its call returns, because all this is on the loop. */
    private boolean failed(ChannelFuture step, Step name, SocketAddress address) {
        Throwable cause = step.cause();
        if (cause != null) {
            fail(name, address, Errno.of(cause));
        }
        return cause != null;
    }

    private void connected(ChannelFuture connecting, boolean immediate) {
        Throwable cause = connecting.cause();
        if (settled) {
            return;
        }
        if (cause == null) {
            settle();
            outcome.connected(connecting.channel());
        } else {
            fail(Step.CONNECT, remote, errno(cause, immediate), immediate);
        }
    }

    /**
     * Netty makes one exception of ENETUNREACH, which connect() says at once, and EHOSTUNREACH, which the network says.
     */
    private static Errno errno(Throwable cause, boolean immediate) {
        Errno errno = Errno.of(cause);
        return immediate && errno.equals(Errno.EHOSTUNREACH) ? Errno.ENETUNREACH : errno;
    }

    private void fail(Step step, SocketAddress address, Errno errno) {
        fail(step, address, errno, true);
    }

    private void fail(Step step, SocketAddress address, Errno errno, boolean immediate) {
        settle();
        closeChannel();
        outcome.failed(new ConnectFault(step, address, immediate, errno));
    }

    private void settle() {
        settled = true;
        deadline.release();
    }

    private void closeChannel() {
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }
}
