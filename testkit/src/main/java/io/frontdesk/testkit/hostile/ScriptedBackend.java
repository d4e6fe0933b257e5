package io.frontdesk.testkit.hostile;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A backend that keeps every request as it came, and answers a case's request with the steps of that case, all others with a body that
 * names them.
 */
@ControlPlane("virtual threads of its own; a test waits for their end")
final class ScriptedBackend implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final ServerSocket listener;
    private final List<Thread> connections = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<SeenRequest> requests = new ConcurrentLinkedQueue<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    /** What a case's request is answered with, and whether that has been done. */
    record Script(List<Step> steps, CountDownLatch played) {
        boolean isEarly() {
            return steps.getFirst() instanceof Step.AnswerEarly;
        }
    }

    ScriptedBackend() {
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[]{127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("backend").start(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Says what the request with this nonce is answered with. */
    Script script(String nonce, List<Step> steps) {
        Script script = new Script(steps, new CountDownLatch(1));
        scripts.put(nonce, script);
        return script;
    }

    @Nullable
    Script scriptFor(SeenRequest request) {
        return request.kind.equals("t") ? scripts.get(request.nonce) : null;
    }

    void record(SeenRequest request) {
        requests.add(request);
    }

    /** How many requests came so far. */
    int count() {
        return requests.size();
    }

    /** All requests so far, in the order in which they came. */
    List<SeenRequest> requests() {
        return List.copyOf(requests);
    }

    /** Waits until the other side has ended all connections: then nothing can come any more. */
    void awaitEnd(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Thread connection : connections) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            connection.join(Math.max(1, left));
            if (connection.isAlive()) {
                throw new AssertionError("a connection to the backend was not ended");
            }
        }
    }

    private void listen() {
        while (true) {
            try {
                Socket socket = listener.accept();
                connections
                        .add(Thread.ofVirtual().name("backend connection").start(new BackendConnection(this, socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
