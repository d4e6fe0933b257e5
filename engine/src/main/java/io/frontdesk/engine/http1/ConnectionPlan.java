package io.frontdesk.engine.http1;

import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.listen.ListenAddress;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a client's connection stands on: the newest one when a request begins, the same one until that request is over.
 * Owned by its connection.
 */
final class ConnectionPlan {
    private final Worker worker;
    private final ListenAddress boundTo;
    private final ClientAddress address;
    private @Nullable Snapshot snapshot;
    private @Nullable Snapshot entered;
    private @Nullable ListenPlan listen;
    private boolean answering;

    ConnectionPlan(Worker worker, ListenAddress boundTo, ClientAddress address) {
        this.worker = worker;
        this.boundTo = boundTo;
        this.address = address;
    }

    /** Moves to the worker's newest snapshot; false when that does not listen here, the one before stays in force then. */
    boolean renew() {
        Snapshot newest = worker.snapshot();
        if (snapshot == newest) {
            return true;
        }
        SocketPlan socket = newest.socket(boundTo);
        if (socket == null) {
            return false;
        }
        snapshot = newest;
        listen = choose(socket);
        return true;
    }

    private ListenPlan choose(SocketPlan socket) {
        return socket.choosesByAddress() ? socket.choose(address.localAddressBytes()) : socket.plans().getFirst();
    }

    /** The plan of the address on another configuration; null when that does not listen here. */
    @Nullable
    ListenPlan on(Snapshot newer) {
        SocketPlan socket = newer.socket(boundTo);
        return socket == null ? null : choose(socket);
    }

    /** Whether it stands on any. */
    boolean isKnown() {
        return listen != null;
    }

    /** The plan of the address that the client came to. */
    ListenPlan listen() {
        return present(listen);
    }

    /** The snapshot in force. */
    Snapshot snapshot() {
        return present(snapshot);
    }

    /** A head has begun: from its first byte on, a configuration which was superseded is not closed before it is used. */
    void enter() {
        Snapshot on = snapshot();
        on.enter();
        entered = on;
        worker.counts().beginRequest();
    }

    /** The head is whole. */
    void beginAnswer() {
        answering = true;
    }

    /** The request is over, if one had begun. */
    void leave() {
        Snapshot on = entered;
        if (on == null) {
            return;
        }
        entered = null;
        on.leave();
        if (answering) {
            worker.counts().endAnswer();
        } else {
            worker.counts().dropRequest();
        }
        answering = false;
    }

    /** Whether this is the snapshot in force. */
    boolean isOn(Snapshot older) {
        return snapshot == older;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no configuration yet");
        }
        return value;
    }
}
