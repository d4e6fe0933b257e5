package io.frontdesk.net.loop;

import io.frontdesk.net.ControlPlane;
import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How an event loop asks the kernel: epoll by Netty's native part, or the JDK's selector where that part can't be
 * loaded.
 * It makes the channels that fit its loops; a channel that can't be made (no descriptor left, no such family) is thrown
 * as Netty throws it, for {@link io.frontdesk.net.Errno#of(Throwable)} to read.
 */
public enum Transport {

    /** Netty's epoll; the default on Linux. */
    EPOLL {
        @Override
        public boolean available() {
            return Epoll.isAvailable();
        }

        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        IoRegistration register(IoHandler handler, IoHandle handle, @Nullable Channel channel, Loop loop)
                throws Exception {
            return handle instanceof EpollIoHandle epoll
                    ? EpollInterest.register(handler, epoll, channel, loop)
                    : handler.register(handle);
        }

        @Override
        public ServerChannel newServer(boolean ipv6) {
            return new EpollServerSocketChannel(family(ipv6));
        }

        @Override
        public ServerChannel newUnixServer() {
            return new EpollServerDomainSocketChannel();
        }

        @Override
        public ServerChannel listenUnix(String path, int backlog) throws IOException {
            // Bound by us: a channel that binds removes the file when it closes, also when another process listens there.
            Socket socket = Socket.newSocketDomain();
            try {
                socket.bind(unixAddress(path));
                socket.listen(backlog);
                return new EpollServerDomainSocketChannel(socket.intValue());
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public ServerChannel adoptServer(int fd, boolean unix) {
            return unix ? new EpollServerDomainSocketChannel(fd) : new EpollServerSocketChannel(fd);
        }

        @Override
        public Channel newClient(boolean ipv6) {
            return new EpollSocketChannel(family(ipv6));
        }

        @Override
        public Channel newUnixClient() {
            return new EpollDomainSocketChannel();
        }

        @Override
        public Channel newDatagram(boolean ipv6) {
            return new EpollDatagramChannel(family(ipv6));
        }

        @Override
        public SocketAddress unixAddress(String path) {
            return new DomainSocketAddress(fileName(path));
        }
    },

    /**
     * The JDK's selector: a fallback, without deferred accept, fast open, or an IPv6 wildcard that leaves IPv4 alone.
     */
    NIO {
        @Override
        public boolean available() {
            return true;
        }

        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        public ServerChannel newServer(boolean ipv6) {
            return new NioServerSocketChannel(SelectorProvider.provider(), family(ipv6));
        }

        @Override
        public ServerChannel newUnixServer() {
            return new NioServerDomainSocketChannel();
        }

        @Override
        public Channel newClient(boolean ipv6) {
            return new NioSocketChannel(SelectorProvider.provider(), family(ipv6));
        }

        @Override
        public Channel newUnixClient() {
            return new NioDomainSocketChannel();
        }

        @Override
        public Channel newDatagram(boolean ipv6) {
            return new NioDatagramChannel(SelectorProvider.provider(), family(ipv6));
        }

        @Override
        public SocketAddress unixAddress(String path) {
            return UnixDomainSocketAddress.of(fileName(path));
        }
    };

    /** Epoll where it can be had, otherwise the JDK's selector. */
    public static Transport best() {
        return EPOLL.available() ? EPOLL : NIO;
    }

    /** Whether loops of this transport can run here. */
    public abstract boolean available();

    abstract IoHandlerFactory handlers();

    /** Registers the handle of {@code channel}, where that is known, with a loop's {@code handler}. */
    IoRegistration register(IoHandler handler, IoHandle handle, @Nullable Channel channel, Loop loop)
            throws Exception {
        return handler.register(handle);
    }

    /** A TCP channel that will listen, not yet registered. */
    public abstract ServerChannel newServer(boolean ipv6);

    /** A unix stream channel that will listen, not yet registered. */
    public abstract ServerChannel newUnixServer();

    /** A TCP channel that will connect, not yet registered. */
    public abstract Channel newClient(boolean ipv6);

    /** A unix stream channel that will connect, not yet registered. */
    public abstract Channel newUnixClient();

    /**
     * A channel that listens on the file of a unix socket, not yet registered; null where this transport's channels bind themselves.
     *
     * @param path a byte string
     */
    @ControlPlane("whoever starts or reloads; makes a file")
    public @Nullable ServerChannel listenUnix(String path, int backlog) throws IOException {
        return null;
    }

    /** A channel for a socket that listens already, not yet registered; null where this transport can't take one. */
    public @Nullable ServerChannel adoptServer(int fd, boolean unix) {
        return null;
    }

    /** A UDP channel, not yet registered. */
    public abstract Channel newDatagram(boolean ipv6);

    /**
     * The address of a unix socket as this transport's channels take it.
     *
     * @param path
     *            a byte string: each char is one byte of the name
     */
    public abstract SocketAddress unixAddress(String path);

    private static SocketProtocolFamily family(boolean ipv6) {
        return ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    /** Both transports encode a name as UTF-8, so the bytes of the configuration are read as that. */
    private static String fileName(String path) {
        return new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
