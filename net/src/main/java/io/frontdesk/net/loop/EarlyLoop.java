package io.frontdesk.net.loop;

import io.frontdesk.net.ControlPlane;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The first event loop, made on a thread of its own while the configuration is read: whatever that says, one loop is needed, and to load and
 * link what the first one takes (Netty, its native part, calls into C) is a third of the time that a start takes. Any thread.
 */
@ControlPlane("the main thread, which waits for the other")
public final class EarlyLoop {
    private final FutureTask<Loop> making = new FutureTask<>(EarlyLoop::make);

    private EarlyLoop() {}

    /** Begins to make it. */
    public static EarlyLoop begin() {
        EarlyLoop early = new EarlyLoop();
        Thread.ofPlatform().name("frontdesk-early").daemon().start(early.making);
        return early;
    }

    /** The loop, once it is made. */
    Loop loop() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return making.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("no event loop", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Loop make() {
        Transport transport = Transport.best();
        Loop loop = new Loop(0, transport, EventLoops.CLIENT_RECEIVE_BYTES, EventLoops.UPSTREAM_RECEIVE_BYTES);
        // Loads what the first listening socket will take.
        Channel socket = transport.newServer(false);
        socket.pipeline().addLast(new ChannelInboundHandlerAdapter());
        socket.unsafe().closeForcibly();
        return loop;
    }
}
