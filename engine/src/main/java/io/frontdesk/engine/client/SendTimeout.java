package io.frontdesk.engine.client;

import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.loop.DeadlineWheel;

/**
 * {@code send_timeout}: between two successful writes, and not for a whole answer. So when the time is over, it counts whether anything has
 * moved since it began. Owned by the output of a
 * connection; loop only.
 */
public final class SendTimeout {
    /** Whose bytes are watched. */
    public interface Watched {
        /** How many bytes wait to be sent; 0 when nobody is waiting for them any more. */
        long waitingBytes();

        /** The directive's value for the request that is being answered. */
        long sendTimeoutMillis();

        /** Nothing has moved in that time. */
        void sendTimedOut();
    }

    private final Watched watched;
    private final Deadline deadline;
    private long waitingBefore;

    /** Watches nothing yet. */
    public SendTimeout(DeadlineWheel wheel, Watched watched) {
        this.watched = watched;
        this.deadline = new Deadline(wheel, _ -> expired());
    }

    /** So many bytes wait from now on. */
    public void arm(long waiting) {
        waitingBefore = waiting;
        deadline.arm(watched.sendTimeoutMillis());
    }

    /** Nothing waits any more. */
    public void disarm() {
        deadline.disarm();
    }

    /** Whether something is watched now. */
    public boolean isArmed() {
        return deadline.armed();
    }

    /** It is not used again. */
    public void release() {
        deadline.release();
    }

    private void expired() {
        long waiting = watched.waitingBytes();
        if (waiting == 0) {
            return;
        }
        if (waiting != waitingBefore) {
            arm(waiting);
        } else {
            watched.sendTimedOut();
        }
    }
}
