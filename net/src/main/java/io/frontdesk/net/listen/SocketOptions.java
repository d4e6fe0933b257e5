package io.frontdesk.net.listen;

import io.frontdesk.net.listen.ListenOptions.KeepAlive;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.AbstractEpollServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;

/**
 * Applies {@link ListenOptions} to sockets. On Linux an accepted socket inherits keep-alive and buffer sizes from the
 * listening one, so there they are set once and not at each accept.
 */
final class SocketOptions {

    // Linux' numbers, the same on x86-64 and AArch64.
    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;
    private static final ChannelOption<Integer> SO_SNDBUF = new IntegerUnixChannelOption("SO_SNDBUF", SOL_SOCKET, 7);
    private static final ChannelOption<Integer> SO_KEEPALIVE = new IntegerUnixChannelOption("SO_KEEPALIVE", SOL_SOCKET,
            9);
    private static final ChannelOption<Integer> TCP_KEEPIDLE = new IntegerUnixChannelOption("TCP_KEEPIDLE", IPPROTO_TCP,
            4);
    private static final ChannelOption<Integer> TCP_KEEPINTVL = new IntegerUnixChannelOption("TCP_KEEPINTVL",
            IPPROTO_TCP, 5);
    private static final ChannelOption<Integer> TCP_KEEPCNT = new IntegerUnixChannelOption("TCP_KEEPCNT", IPPROTO_TCP,
            6);
    private static final ChannelOption<Integer> IPV6_V6ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", IPPROTO_IPV6,
            26);

    private SocketOptions() {}

    /** What every listening socket has, of whatever family. */
    static void listening(ServerChannel socket, ListenOptions options) {
        var config = socket.config();
        config.setAutoRead(false);
        config.setRecvByteBufAllocator(accepts(options.acceptsPerTurn()));
        config.setOption(ChannelOption.SO_BACKLOG, options.backlog());
    }

    private static ServerChannelRecvByteBufAllocator accepts(int perTurn) {
        var allocator = new ServerChannelRecvByteBufAllocator();
        allocator.maxMessagesPerRead(perTurn);
        return allocator;
    }

    static void beforeBind(ServerChannel socket, ListenOptions options, boolean ipv6, boolean shared) {
        var config = socket.config();
        config.setOption(ChannelOption.SO_REUSEADDR, true);
        if (options.receiveBufferBytes() > 0) {
            config.setOption(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (socket instanceof AbstractEpollServerChannel) {
            epoll(socket, options, ipv6, shared);
        } else if (shared) {
            config.setOption(NioChannelOption.of(java.net.StandardSocketOptions.SO_REUSEPORT), true);
        }
    }

    private static void epoll(ServerChannel socket, ListenOptions options, boolean ipv6, boolean shared) {
        var config = socket.config();
        config.setOption(EpollChannelOption.SO_REUSEPORT, shared);
        if (ipv6) {
            config.setOption(IPV6_V6ONLY, options.ipv6only() ? 1 : 0);
        }
        if (options.sendBufferBytes() > 0) {
            config.setOption(SO_SNDBUF, options.sendBufferBytes());
        }
        KeepAlive keepAlive = options.keepAlive();
        if (keepAlive != null) {
            config.setOption(SO_KEEPALIVE, keepAlive.on() ? 1 : 0);
            setPositive(socket, TCP_KEEPIDLE, keepAlive.idleSeconds());
            setPositive(socket, TCP_KEEPINTVL, keepAlive.intervalSeconds());
            setPositive(socket, TCP_KEEPCNT, keepAlive.count());
        }
        if (options.deferred()) {
            // nginx: one second, after which the kernel gives the connection without its bytes.
            config.setOption(EpollChannelOption.TCP_DEFER_ACCEPT, 1);
        }
        if (options.fastOpen() > 0) {
            config.setOption(ChannelOption.TCP_FASTOPEN, options.fastOpen());
        }
    }

    private static void setPositive(Channel socket, ChannelOption<Integer> option, int value) {
        if (value > 0) {
            socket.config().setOption(option, value);
        }
    }

    /** For a socket that is bound and never listens. */
    static void beforeGuardBind(Channel guard, ListenOptions options, boolean ipv6) {
        guard.config().setOption(ChannelOption.SO_REUSEADDR, true);
        if (ipv6 && guard instanceof UnixChannel) {
            guard.config().setOption(IPV6_V6ONLY, options.ipv6only() ? 1 : 0);
        }
    }

    /** What an accepted socket does not inherit on this transport. */
    static void accepted(Channel child, ListenOptions options) {
        if (child instanceof UnixChannel) {
            return;
        }
        KeepAlive keepAlive = options.keepAlive();
        if (keepAlive != null) {
            child.config().setOption(ChannelOption.SO_KEEPALIVE, keepAlive.on());
        }
        if (options.sendBufferBytes() > 0) {
            child.config().setOption(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
    }
}
