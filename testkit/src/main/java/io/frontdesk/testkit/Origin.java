package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An origin that does what a test says: either it answers each request by a function, or the test takes the connections by
 * {@link #accept} and plays the origin's part line by line. All requests that were read are kept.
 */
@ControlPlane("the thread of a test, and a virtual thread for each connection")
public final class Origin implements AutoCloseable {
    private final ServerSocket listener;
    private final @Nullable Function<OriginRequest, String> answers;
    private final BlockingQueue<OriginConnection> waiting = new LinkedBlockingQueue<>();
    private final List<OriginConnection> connections = new CopyOnWriteArrayList<>();
    private final List<OriginRequest> requests = new CopyOnWriteArrayList<>();
    private final Thread listening;
    private volatile boolean closed;

    private Origin(@Nullable Function<OriginRequest, String> answers) {
        this(answers, 0);
    }

    private Origin(@Nullable Function<OriginRequest, String> answers, int port) {
        this.answers = answers;
        try {
            this.listener = new ServerSocket(port, 128, InetAddress.getByAddress(new byte[]{127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listening = Thread.ofVirtual().name("origin").start(this::listen);
    }

    /** An origin that answers each request with 200 and this body. */
    public static Origin answering(String body) {
        return telling(request -> body);
    }

    /** An origin that answers each request with 200 and the body that the function makes of it. */
    public static Origin telling(Function<OriginRequest, String> bodies) {
        return answering(request -> ok(bodies.apply(request)));
    }

    /** An origin on a port that another one has left: it answers each request with 200 and this body. */
    public static Origin answeringOn(int port, String body) {
        return new Origin(request -> ok(body), port);
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /**
     * An origin that answers each request with the bytes that the function gives (head included), and keeps the connection unless the
     * answer says {@code Connection: close} or has no length.
     */
    public static Origin answering(Function<OriginRequest, String> answers) {
        return new Origin(answers);
    }

    /** An origin whose connections wait for {@link #accept}. */
    public static Origin scripted() {
        return new Origin(null);
    }

    private void listen() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                OriginConnection connection = new OriginConnection(socket, requests);
                connections.add(connection);
                if (closed) {
                    connection.close();
                    return;
                }
                Function<OriginRequest, String> function = answers;
                if (function == null) {
                    waiting.add(connection);
                } else {
                    Thread.ofVirtual().name("origin-connection").start(() -> connection.serve(function));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Waits for the next connection. */
    public OriginConnection accept() {
        try {
            OriginConnection next = waiting.poll(RawClient.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no connection came in time");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a connection waits that nobody has accepted. */
    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** How many connections came so far. */
    public int connectionCount() {
        return connections.size();
    }

    /** All requests that were read so far, in the order in which they were read whole. */
    public List<OriginRequest> requests() {
        return List.copyOf(requests);
    }

    /** The last request that was read. */
    public OriginRequest lastRequest() {
        return requests.getLast();
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@code 127.0.0.1:PORT}. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** As {@link #authority}, so that it can be handed to {@link Frontdesk#with} as it is. */
    @Override
    public String toString() {
        return authority();
    }

    /** Ends it: once this returns, its port refuses connections, and those that it had are closed. */
    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
            // The port is open for as long as a thread is about to accept on it.
            listening.join(Patience.MOST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        connections.forEach(OriginConnection::close);
    }
}
