package io.frontdesk.net.listen;

import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
        var listener = new Listener(address, options, factory, loops);
        BindFault fault = new SocketOpening(loops, address, options).openInto(listener.sockets, listener);
        return fault == null ? new Opening.Opened(listener) : new Opening.Refused(fault);
    }

    /** Begins to accept; without effect when it does already. */
    public void start() {
        for (Channel socket : sockets) {
            socket.config().setAutoRead(true);
        }
    }

    /** Accepts no more once this returns, until {@link #start}; connections wait in the kernel. */
    @ControlPlane("whoever stops or reloads; waits for the loops")
    public void pause() {
        var pauses = new ArrayList<Future<?>>(sockets.size());
        for (Channel socket : sockets) {
            pauses.add(socket.eventLoop().submit(() -> socket.config().setAutoRead(false)));
        }
        pauses.forEach(Future::awaitUninterruptibly);
    }

    /** Stops listening, and removes the file of a unix socket. Connections that were accepted live on. */
    @ControlPlane("whoever stops or reloads; waits for the sockets, removes a file")
    public void close() {
        var closings = new ArrayList<ChannelFuture>(sockets.size());
        for (Channel socket : sockets) {
            closings.add(socket.close());
        }
        closings.forEach(ChannelFuture::awaitUninterruptibly);
        boolean listened = !sockets.isEmpty();
        sockets.clear();
        if (listened && address instanceof ListenAddress.Unix unix) {
            try {
                Files.deleteIfExists(file(unix));
            } catch (IOException e) {
                // It is no socket any more; a file that can't be removed is found by the next bind.
            }
        }
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
     * Whose connection comes next: of the loop that accepted it, but for a unix socket, of each in turn.
     *
     * @param accepted
     *            how many {@code acceptor} has had
     */
    Loop owner(Loop acceptor, long accepted) {
        return address.unix() ? loops.loop((int) (accepted % loops.count())) : acceptor;
    }

    static Path file(ListenAddress.Unix unix) {
        return Path.of(new String(unix.path().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Listener[" + address.text() + "]";
    }
}
