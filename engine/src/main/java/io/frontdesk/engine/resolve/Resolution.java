package io.frontdesk.engine.resolve;

import io.frontdesk.net.loop.Deadline;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody's wait for the addresses of a name. Used on its loop's thread alone. */
public final class Resolution {
    /** What comes of it: exactly one of these, unless it was cancelled; maybe before {@link Resolver#resolve} returns. */
    public interface Listener {
        /**
         * The name stands for these.
         *
         * @param addresses    one at least, in the order in which they should be used
         * @param validSeconds how long they may be used without asking again
         */
        void resolved(List<InetAddress> addresses, long validSeconds);

        /** It has no address, or nobody said so in time. */
        void failed(ResolveFault fault);
    }

    /** The same with the answer as it is kept. */
    interface Sink {
        void answered(Answer answer, boolean cached);

        void failed(ResolveFault fault);
    }

    private final Resolver resolver;
    private final NameTable table;
    private final Sink sink;
    private final long timeoutMillis;
    private final boolean renews;
    private @Nullable Deadline deadline;
    private @Nullable Query query;
    private int aliases;
    private boolean late;
    private boolean settled;

    Resolution(Resolver resolver, NameTable table, long timeoutMillis, boolean renews, Sink sink) {
        this.resolver = resolver;
        this.table = table;
        this.timeoutMillis = timeoutMillis;
        this.renews = renews;
        this.sink = sink;
    }

    /** Gives up: nothing is heard of it any more. Without effect when it is over. */
    public void cancel() {
        settled = true;
        leave();
    }

    NameTable table() {
        return table;
    }

    /** Whether it rather waits than takes an answer whose time is over. */
    boolean renews() {
        return renews;
    }

    /** Follows one more alias; false when they are too many. */
    boolean followAlias() {
        return ++aliases <= Resolver.MAX_ALIASES;
    }

    /** Whether its time is over: it can't wait any more, but what is known already is still of use. */
    boolean isLate() {
        return late;
    }

    void waitFor(Query on) {
        query = on;
        on.waiting().add(this);
        // nginx: no time at all stands for no limit
        if (deadline == null && timeoutMillis > 0) {
            Deadline made = new Deadline(resolver.worker().wheel(), _ -> expired());
            deadline = made;
            made.arm(timeoutMillis);
        }
    }

    private void expired() {
        Query on = query;
        if (on != null && !settled) {
            late = true;
            on.waiting().remove(this);
            query = null;
            resolver.timedOut(this, on);
        }
    }

    /** Its query is over; it goes on with what is known. */
    void left() {
        query = null;
    }

    void answered(Answer answer, boolean cached) {
        if (settle()) {
            sink.answered(answer, cached);
        }
    }

    void failed(ResolveFault fault) {
        if (settle()) {
            sink.failed(fault);
        }
    }

    boolean isSettled() {
        return settled;
    }

    private boolean settle() {
        if (settled) {
            return false;
        }
        settled = true;
        leave();
        return true;
    }

    private void leave() {
        Query on = query;
        if (on != null) {
            query = null;
            on.waiting().remove(this);
        }
        Deadline armed = deadline;
        if (armed != null) {
            armed.release();
        }
    }
}
