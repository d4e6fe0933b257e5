package io.frontdesk.net.listen;

import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One listening address: a socket of its own on every loop (SO_REUSEPORT), so that the kernel spreads the connections
 * over the
 * loops; a unix socket, which can't be shared so, on the first loop, which hands its connections out in turn. Made,
 * started and
 * closed by the control plane, whose calls may block; not from a loop.
 */
public final class Listener {

    /** How long accepting rests when there was no descriptor left; nginx: accept_mutex_delay. */
    public static final long PAUSE_MILLIS = 500;

    private final ListenAddress address;
    private final ListenOptions options;
    private final ConnectionFactory factory;
    private final EventLoops loops;
    private final List<Channel> sockets = new ArrayList<>();
    /** A loop has no socket of its own, so those that have one hand out what they accept. */
    private volatile boolean handsOut;
    private volatile boolean paused;

    private Listener(ListenAddress address, ListenOptions options, ConnectionFactory factory, EventLoops loops) {
        this.address = address;
        this.options = options;
        this.factory = factory;
        this.loops = loops;
    }

    /** What came of {@link Listener#open}. */
    public sealed interface Opening {
        /** It listens; it accepts once started. */
        record Opened(Listener listener) implements Opening {}

        /** It does not. */
        record Refused(BindFault fault) implements Opening {}
    }

    /**
     * Binds and listens on all {@code loops}, or on none of them. Connections wait in the kernel until {@link #start}.
     */
    @ControlPlane("whoever starts or reloads; waits for the sockets")
    public static Opening open(EventLoops loops, ListenAddress address, ListenOptions options,
            ConnectionFactory factory) {
        return open(loops, address, options, factory, InheritedSockets.none());
    }

    /** As above; takes the sockets of that address that were handed over, and binds nothing when there are some. */
    @ControlPlane("whoever starts or reloads; waits for the sockets")
    public static Opening open(EventLoops loops, ListenAddress address, ListenOptions options,
            ConnectionFactory factory, InheritedSockets inherited) {
        var listener = new Listener(address, options, factory, loops);
        BindFault fault = new SocketOpening(loops, address, options, inherited).openInto(listener.sockets, listener);
        listener.handsOut = listener.sockets.size() < loops.count();
        return fault == null ? new Opening.Opened(listener) : new Opening.Refused(fault);
    }

    /** Begins to accept; without effect when it does already. */
    public void start() {
        paused = false;
        for (Channel socket : sockets) {
            socket.config().setAutoRead(true);
        }
    }

    /** Accepts no more once this returns, until {@link #start}; connections wait in the kernel. */
    @ControlPlane("whoever stops or reloads; waits for the loops")
    public void pause() {
        paused = true;
        var pauses = new ArrayList<Future<?>>(sockets.size());
        for (Channel socket : sockets) {
            pauses.add(socket.eventLoop().submit(() -> socket.config().setAutoRead(false)));
        }
        pauses.forEach(Future::awaitUninterruptibly);
    }

    /** Whether it was told to accept no more. */
    boolean isPaused() {
        return paused;
    }

    /** The numbers of its sockets, to be handed over; none where they have none. */
    public List<Integer> descriptors() {
        var descriptors = new ArrayList<Integer>(sockets.size());
        for (Channel socket : sockets) {
            if (socket instanceof UnixChannel unix && socket.isOpen()) {
                descriptors.add(unix.fd().intValue());
            }
        }
        return descriptors;
    }

    /**
     * Gives the sockets of a loop that hangs to another one, under other numbers: what waits in them is not lost. False when that was not
     * possible. The loop that hangs closes its own when it comes back.
     */
    @ControlPlane("whoever watches over the loops; waits for the other loop")
    public boolean move(Loop hanging, Loop next) {
        boolean moved = true;
        for (int i = 0; i < sockets.size(); i++) {
            Channel socket = sockets.get(i);
            if (socket.eventLoop() != hanging.executor() || !(socket instanceof UnixChannel unix)) {
                continue;
            }
            int fd = InheritedSockets.duplicate(unix.fd().intValue());
            Channel fresh = fd < 0
                    ? null
                    : new SocketOpening(loops, address, options, InheritedSockets.none()).move(fd, next, this);
            if (fresh == null) {
                moved = false;
                continue;
            }
            sockets.set(i, fresh);
            fresh.config().setAutoRead(socket.config().isAutoRead());
            socket.close();
        }
        return moved;
    }

    /** Stops listening, and removes the file of a unix socket. Connections that were accepted live on. */
    @ControlPlane("whoever stops or reloads; waits for the sockets, removes a file")
    public void close() {
        boolean listened = leave();
        if (listened && address instanceof ListenAddress.Unix unix) {
            try {
                Files.deleteIfExists(file(unix));
            } catch (IOException e) {
                // It is no socket any more; a file that can't be removed is found by the next bind.
            }
        }
    }

    /** Stops listening where another process goes on: the file of a unix socket is that one's. Whether it listened. */
    @ControlPlane("whoever stops or reloads; waits for the sockets")
    public boolean leave() {
        boolean listened = !sockets.isEmpty();
        var closings = new ArrayList<ChannelFuture>(sockets.size());
        for (Channel socket : sockets) {
            // epoll knows sockets, not numbers: it would go on to tell of one that is closed here and open elsewhere.
            closings.add(socket.deregister());
        }
        closings.forEach(ChannelFuture::awaitUninterruptibly);
        closings.clear();
        for (Channel socket : sockets) {
            closings.add(socket.close());
        }
        closings.forEach(ChannelFuture::awaitUninterruptibly);
        sockets.clear();
        return listened;
    }

    /** Where it listens. */
    public ListenAddress address() {
        return address;
    }

    /** How it was opened. */
    public ListenOptions options() {
        return options;
    }

    /** The port that it listens on, which the kernel chose when the address has port 0; 0 for a unix socket. */
    public int port() {
        return !sockets.isEmpty() && sockets.getFirst().localAddress() instanceof InetSocketAddress inet
                ? inet.getPort()
                : 0;
    }

    ConnectionFactory factory() {
        return factory;
    }

    /**
     * Whose connection comes next: of the loop that accepted it, but of each in turn where not every loop has a socket.
     *
     * @param accepted
     *            how many {@code acceptor} has had
     */
    Loop owner(Loop acceptor, long accepted) {
        return handsOut ? loops.loop((int) (accepted % loops.count())) : acceptor;
    }

    static Path file(ListenAddress.Unix unix) {
        return Path.of(new String(unix.path().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Listener[" + address.text() + "]";
    }
}
