package io.frontdesk.engine.server;

import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.net.ControlPlane;

/** A configuration that was superseded, until its last request is done. Control plane, one thread. */
@ControlPlane("the engine's thread; closes what a configuration holds, which may wait for files")
final class Generation implements AutoCloseable {
    private final Snapshot snapshot;
    private final long timeoutMillis;
    private final long sinceNanos = System.nanoTime();

    Generation(Snapshot snapshot, long timeoutMillis) {
        this.snapshot = snapshot;
        this.timeoutMillis = timeoutMillis;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Whether nothing runs on it any more. */
    boolean hasDrained() {
        return snapshot.users() == 0;
    }

    /** Whether its requests had the time that {@code worker_shutdown_timeout} gives them. */
    boolean isOverdue() {
        return timeoutMillis > 0 && System.nanoTime() - sinceNanos >= timeoutMillis * 1_000_000;
    }

    /** Closes those of its things that can be closed. */
    @Override
    public void close() {
        for (Object thing : snapshot.sharedThings()) {
            if (thing instanceof AutoCloseable held) {
                try {
                    held.close();
                } catch (Exception e) {
                    throw new IllegalStateException("closing " + thing, e);
                }
            }
        }
    }
}
