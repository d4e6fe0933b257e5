package io.frontdesk.engine.worker;

import io.frontdesk.engine.plan.Snapshot;
import org.jspecify.annotations.Nullable;

/** A connection that its worker knows of: a link of an intrusive list, so that becoming idle allocates nothing. Loop only. */
public abstract class ListedConnection {
    @Nullable
    ListedConnection before;
    @Nullable
    ListedConnection after;
    @Nullable
    ConnectionList list;

    /** The worker quits, or needs the place: close when no request runs, otherwise after the running one. */
    public abstract void closeGracefully();

    /** The worker has another configuration: who came to a socket that it does not have goes, as by {@link #closeGracefully}. */
    public void reloaded(Snapshot newest) {
        if (!isServedBy(newest)) {
            closeGracefully();
        }
    }

    /** Whether it has not asked for anything yet. */
    public abstract boolean isFresh();

    /** Whether that configuration still listens where this connection came in. */
    public abstract boolean isServedBy(Snapshot snapshot);

    /** Whether a request runs on it that started with that configuration. */
    public abstract boolean runsOn(Snapshot snapshot);

    /** Close now. */
    public abstract void closeNow();
}
