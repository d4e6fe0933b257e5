package io.frontdesk.engine.server;

import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.net.ControlPlane;

/** A configuration that was superseded, until its last request is done. Control plane, one thread. */
@ControlPlane("the engine's thread; closes what a configuration holds, which may wait for files")
final class Generation implements AutoCloseable {
    private final Snapshot snapshot;
    private final long timeoutMillis;
    private final long sinceNanos = System.nanoTime();
    private boolean drained;
    private boolean overdue;

    Generation(Snapshot snapshot, long timeoutMillis) {
        this.snapshot = snapshot;
        this.timeoutMillis = timeoutMillis;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** True once: nothing runs on it any more. */
    boolean drains() {
        if (drained || snapshot.users() > 0) {
            return false;
        }
        drained = true;
        return true;
    }

    /**
     * True once: its connections had the time that {@code worker_shutdown_timeout} gives them. That holds for idle ones that have not met
     * the new configuration too.
     */
    boolean becomesOverdue() {
        if (overdue || timeoutMillis == 0 || System.nanoTime() - sinceNanos < timeoutMillis * 1_000_000) {
            return false;
        }
        overdue = true;
        return true;
    }

    /** Whether nothing is left to be done about it. */
    boolean isOver() {
        return drained && (overdue || timeoutMillis == 0);
    }

    /** Closes those of its things that can be closed. */
    @Override
    public void close() {
        drained = true;
        Engine.closeAll(snapshot.sharedThings());
    }
}
