package io.frontdesk.engine.client;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.log.LogContext;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.listen.ListenAddress;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a client's connection stands on: the newest one when a request begins, the same one until that request is over.
 * Owned by its connection.
 */
public final class ConnectionPlan {
    private final Worker worker;
    private final ListenAddress boundTo;
    private final ClientAddress address;
    private @Nullable Snapshot snapshot;
    private @Nullable Snapshot entered;
    /** What a connection that is to be answered once more keeps from being closed, although it was superseded. */
    private @Nullable Snapshot held;
    private @Nullable ListenPlan listen;
    private boolean answering;

    /** Of a connection that came in by a socket; call {@link #renew} before all else. */
    public ConnectionPlan(Worker worker, ListenAddress boundTo, ClientAddress address) {
        this.worker = worker;
        this.boundTo = boundTo;
        this.address = address;
    }

    /** Moves to the worker's newest snapshot; false when that does not listen here, the one before stays in force then. */
    public boolean renew() {
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
        releaseHeld();
        return true;
    }

    private ListenPlan choose(SocketPlan socket) {
        return socket.choosesByAddress() ? socket.choose(address.localAddressBytes()) : socket.plans().getFirst();
    }

    /** The plan of the address on another configuration; null when that does not listen here. */
    public @Nullable ListenPlan on(Snapshot newer) {
        SocketPlan socket = newer.socket(boundTo);
        return socket == null ? null : choose(socket);
    }

    /** Whether it stands on any. */
    public boolean isKnown() {
        return listen != null;
    }

    /** The plan of the address that the client came to. */
    public ListenPlan listen() {
        return present(listen);
    }

    /** The snapshot in force. */
    public Snapshot snapshot() {
        return present(snapshot);
    }

    /** The newest configuration does not listen here: keeps the one in force from being closed until {@link #leave}. */
    public void stayBehind() {
        if (held == null) {
            Snapshot on = snapshot();
            on.enter(worker.index());
            held = on;
        }
    }

    /** Whether the newest configuration does not listen here, so that this request is the last one. */
    public boolean isBehind() {
        Snapshot newest = worker.snapshot();
        return snapshot != newest && newest.socket(boundTo) == null;
    }

    private void releaseHeld() {
        Snapshot behind = held;
        if (behind != null) {
            held = null;
            behind.leave(worker.index());
        }
    }

    /** A head has begun: from its first byte on, a configuration which was superseded is not closed before it is used. */
    public void enter() {
        Snapshot on = snapshot();
        on.enter(worker.index());
        entered = on;
        worker.counts().beginRequest();
    }

    /** The head is whole. */
    public void beginAnswer() {
        answering = true;
    }

    /** The request is over, if one had begun, or the connection is. */
    public void leave() {
        releaseHeld();
        Snapshot on = entered;
        if (on == null) {
            return;
        }
        entered = null;
        on.leave(worker.index());
        if (answering) {
            worker.counts().endAnswer();
        } else {
            worker.counts().dropRequest();
        }
        answering = false;
    }

    /** Whether this is the snapshot in force. */
    public boolean isOn(Snapshot older) {
        return snapshot == older;
    }

    /** Writes a line for the time between requests, when there is no exchange to give its context. */
    public void log(Severity severity, FaultKind cause, String message) {
        ServerPlan server = listen().defaultServer();
        ErrorLog log = server.root().core().errorLog();
        if (log.isEnabled(severity, address)) {
            log.log(severity, address.number(), message,
                    LogContext.of(cause, address.remoteAddress(), server.name()));
        }
    }

    Worker worker() {
        return worker;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no configuration yet");
        }
        return value;
    }
}
