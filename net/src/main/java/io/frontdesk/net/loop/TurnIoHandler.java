package io.frontdesk.net.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;

/**
 * Marks the turns of an event loop: before the transport waits for events, the turn that is over is ended (its flushes
 * are
 * done) and a new one begins (time is read anew). All else it hands to the transport's handler. Lives on its loop's
 * thread.
 */
final class TurnIoHandler implements IoHandler {

    private final Loop loop;
    private final IoHandler transport;

    TurnIoHandler(Loop loop, IoHandler transport) {
        this.loop = loop;
        this.transport = transport;
    }

    @Override
    public void initialize() {
        transport.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        loop.turn();
        LoopActivity activity = loop.activity();
        activity.waits();
        int handled = transport.run(loop.turnWait().bound(context));
        loop.reads().read();
        loop.lookAtDeadlines();
        // Tasks come next.
        activity.works();
        return handled;
    }

    @Override
    public void prepareToDestroy() {
        transport.prepareToDestroy();
    }

    @Override
    public void destroy() {
        loop.closed();
        transport.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return loop.transport().register(transport, handle, loop.registering(), loop);
    }

    @Override
    public void wakeup() {
        transport.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return transport.isCompatible(handleType);
    }
}
