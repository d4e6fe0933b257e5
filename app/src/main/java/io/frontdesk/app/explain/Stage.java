package io.frontdesk.app.explain;

import io.frontdesk.engine.client.ClientAddress;
import io.frontdesk.engine.http1.Http1Connection;
import io.frontdesk.engine.http1.Http1Input;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.connect.Connector;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A loop on which requests run as on a server, but on channels without sockets. Any thread may let one run; it waits for it. */
@ControlPlane("a command; waits for the loop")
public final class Stage implements AutoCloseable {
    static final long PATIENCE_SECONDS = 10;

    private final EventLoops loops = EventLoops.start(1, Transport.NIO);

    /** Starts the loop. */
    public Stage() {}

    /**
     * What came of a request.
     *
     * @param trace    what was decided
     * @param response what the client was sent
     * @param ended    whether it came to an end in time
     */
    record Played(Trace trace, String response, boolean ended) {}

    /** Lets a request run; {@code locatesOnly}: no further than to its location. */
    Played play(Snapshot snapshot, ClientEnd client, Trace.Handshake handshake, String head,
            boolean locatesOnly) {
        Loop loop = loops.loop(0);
        Run run = new Run(loop, snapshot, client, handshake, head, locatesOnly);
        loop.execute(run::start);
        boolean ended = true;
        try {
            run.over.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            ended = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        CompletableFuture<Played> played = new CompletableFuture<>();
        boolean whole = ended;
        loop.execute(() -> {
            try {
                played.complete(run.end(whole));
            } catch (RuntimeException e) {
                played.completeExceptionally(e);
            }
        });
        return played.join();
    }

    @Override
    public void close() {
        loops.close();
    }

    /** One request. Its methods are for the loop. */
    private static final class Run {
        final CompletableFuture<Boolean> over = new CompletableFuture<>();
        private final Trace trace;
        private final String head;
        private final Worker worker;
        private final OfflineChannel channel;
        private final Snapshot snapshot;
        private final ClientEnd client;
        private final Origins origins;

        Run(Loop loop, Snapshot snapshot, ClientEnd client, Trace.Handshake handshake, String head,
                boolean locatesOnly) {
            this.trace = new Trace(locatesOnly, () -> over.complete(true), handshake);
            this.head = head;
            this.snapshot = snapshot;
            this.client = client;
            this.origins = new Origins(loop, () -> over.complete(false), over::completeExceptionally);
            this.channel = new OfflineChannel(client.to(), client.from());
            this.worker = new Worker(loop, Connector.offline(loop, origins::open), trace);
        }

        void start() {
            try {
                worker.snapshot(snapshot);
                channel.config().setAllocator(worker.allocator());
                Http1Connection connection = new Http1Connection(worker, channel, client.socket().address(),
                        new ClientAddress(channel, worker.clock().millis()));
                channel.pipeline().addLast(new Http1Input(connection));
                connection.open();
                ClientBody body = ClientBody.of(head);
                // a small body comes with its head, as clients send it
                send(body.hasNext() ? head + body.next() : head);
                while (body.hasNext() && !over.isDone()) {
                    send(body.next());
                }
                origins.mayAnswer();
            } catch (RuntimeException e) {
                over.completeExceptionally(e);
            }
        }

        private void send(String bytes) {
            var buffer = worker.allocator().buffer(bytes.length());
            for (int i = 0; i < bytes.length(); i++) {
                buffer.writeByte(bytes.charAt(i));
            }
            channel.writeInbound(buffer);
        }

        Played end(boolean ended) {
            String response = channel.written();
            channel.finishAndReleaseAll();
            origins.close();
            worker.close();
            return new Played(trace, response, ended);
        }
    }
}
