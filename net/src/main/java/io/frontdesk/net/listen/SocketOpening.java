package io.frontdesk.net.listen;

import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.Errno;
import io.frontdesk.net.listen.BindFault.Step;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sockets of one listening address, all of them or none. Made for one opening, on the control plane; blocks.
 */
@ControlPlane("whoever starts or reloads; waits for the sockets")
final class SocketOpening {

    private final EventLoops loops;
    private final ListenAddress address;
    private final ListenOptions options;
    private final InheritedSockets inherited;

    SocketOpening(EventLoops loops, ListenAddress address, ListenOptions options, InheritedSockets inherited) {
        this.loops = loops;
        this.inherited = inherited;
        this.address = address;
        this.options = options;
    }

    @Nullable
    BindFault openInto(List<Channel> sockets, Listener listener) {
        try {
            List<Integer> there = inherited.take(address);
            for (int i = 0; i < there.size(); i++) {
                adopt(there.get(i), loops.loop(i % loops.count()), sockets, listener);
            }
            if (!there.isEmpty()) {
                return null;
            }
            // No switch over types: the JVM makes its code at run time, and each start would wait (docs/adr/0014).
            if (address instanceof ListenAddress.Unix unix) {
                openUnix(unix, sockets, listener);
            } else {
                openInet((ListenAddress.Inet) address, sockets, listener);
            }
            return null;
        } catch (Failed e) {
            sockets.forEach(socket -> socket.close().awaitUninterruptibly());
            sockets.clear();
            return e.fault;
        }
    }

    /** Takes a socket that listens already: connections that wait in it are ours as well. */
    private void adopt(int fd, Loop loop, List<Channel> sockets, Listener listener) throws Failed {
        ServerChannel socket = loops.transport().adoptServer(fd, address.unix());
        if (socket == null) {
            throw new Failed(Step.SOCKET, Errno.of(new IOException("Operation not supported")));
        }
        take(socket, loop, sockets, listener);
    }

    private void take(ServerChannel socket, Loop loop, List<Channel> sockets, Listener listener) throws Failed {
        sockets.add(socket);
        SocketOptions.listening(socket, options);
        socket.pipeline().addLast(new Acceptor(listener, loop));
        await(loop.registerPlain(socket), Step.SOCKET);
    }

    private @Nullable ServerChannel listening(ListenAddress.Unix unix) throws Failed {
        try {
            return loops.transport().listenUnix(unix.path(), options.backlog());
        } catch (RuntimeException e) {
            throw new Failed(Step.SOCKET, Errno.of(e));
        } catch (IOException e) {
            throw new Failed(step(e, Step.BIND), Errno.of(e));
        }
    }

    /** As {@link #adopt}; null when that failed. */
    @Nullable
    Channel move(int fd, Loop loop, Listener listener) {
        List<Channel> made = new ArrayList<>();
        try {
            adopt(fd, loop, made, listener);
            return made.getFirst();
        } catch (Failed e) {
            made.forEach(Channel::close);
            return null;
        }
    }

    private void openUnix(ListenAddress.Unix unix, List<Channel> sockets, Listener listener) throws Failed {
        // bind(2) fails on any file of that name; Netty would remove it first, even if it is a file of somebody's.
        if (Files.exists(Listener.file(unix), LinkOption.NOFOLLOW_LINKS)) {
            throw new Failed(Step.BIND, Errno.EADDRINUSE);
        }
        ServerChannel listening = listening(unix);
        if (listening != null) {
            take(listening, loops.loop(0), sockets, listener);
        } else {
            ServerChannel socket = create(loops.transport()::newUnixServer);
            sockets.add(socket);
            listen(socket, loops.loop(0), loops.transport().unixAddress(unix.path()), listener);
        }
        try {
            // nginx: anyone may connect; the directory decides who gets there.
            Files.setPosixFilePermissions(Listener.file(unix), PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            throw new Failed(Step.BIND, Errno.of(e));
        }
    }

    private void openInet(ListenAddress.Inet inet, List<Channel> sockets, Listener listener) throws Failed {
        // A port that one process shares by SO_REUSEPORT can be joined by another in silence. Unless the configuration
        // asks
        // for that, a socket that does not share is bound beside ours: it fails when someone else has the port.
        boolean shared = loops.count() > 1 || options.reuseport();
        Channel guard = shared && !options.reuseport() && inet.port() != 0 ? guard(inet) : null;
        try {
            var at = new InetSocketAddress(inet.address(), inet.port());
            for (Loop loop : loops.all()) {
                ServerChannel socket = create(() -> loops.transport().newServer(inet.ipv6()));
                sockets.add(socket);
                try {
                    SocketOptions.beforeBind(socket, options, inet.ipv6(), shared);
                } catch (RuntimeException e) {
                    throw new Failed(Step.BIND, Errno.of(e));
                }
                listen(socket, loop, at, listener);
                // With port 0 the first has a port now, and the others join it.
                at = (InetSocketAddress) socket.localAddress();
            }
        } finally {
            if (guard != null) {
                guard.close().awaitUninterruptibly();
            }
        }
    }

    private Channel guard(ListenAddress.Inet inet) throws Failed {
        Channel guard = create(() -> loops.transport().newClient(inet.ipv6()));
        try {
            SocketOptions.beforeGuardBind(guard, options, inet.ipv6());
        } catch (RuntimeException e) {
            guard.unsafe().closeForcibly();
            throw new Failed(Step.BIND, Errno.of(e));
        }
        await(loops.loop(0).registerPlain(guard), Step.SOCKET);
        try {
            await(bind(guard, loops.loop(0), new InetSocketAddress(inet.address(), inet.port())), Step.BIND);
        } catch (Failed e) {
            guard.close().awaitUninterruptibly();
            throw e;
        }
        return guard;
    }

    private void listen(ServerChannel socket, Loop loop, SocketAddress at, Listener listener) throws Failed {
        SocketOptions.listening(socket, options);
        socket.pipeline().addLast(new Acceptor(listener, loop));
        await(loop.registerPlain(socket), Step.SOCKET);
        await(bind(socket, loop, at), Step.BIND);
    }

    /** On the loop's thread, which may have given up the right to ports below 1024. */
    private static ChannelFuture bind(Channel channel, Loop loop, SocketAddress at) {
        return loop.executor().submit(() -> loop.rights().asRoot(() -> channel.bind(at))).awaitUninterruptibly()
                .getNow();
    }

    private <C extends Channel> C create(java.util.function.Supplier<C> maker) throws Failed {
        try {
            return maker.get();
        } catch (RuntimeException e) {
            throw new Failed(Step.SOCKET, Errno.of(e));
        }
    }

    private void await(ChannelFuture future, Step step) throws Failed {
        Throwable cause = future.awaitUninterruptibly().cause();
        if (cause != null) {
            throw new Failed(step(cause, step), Errno.of(cause));
        }
    }

    private static Step step(Throwable cause, Step usual) {
        return cause instanceof NativeIoException && String.valueOf(cause.getMessage()).startsWith("listen")
                ? Step.LISTEN
                : usual;
    }

    /** Leaves the opening; never leaves this class. */
    private final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient BindFault fault;

        Failed(Step step, Errno errno) {
            super(null, null, false, false);
            this.fault = new BindFault(step, address, options.backlog(), errno);
        }
    }
}
