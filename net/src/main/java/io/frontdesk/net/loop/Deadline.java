package io.frontdesk.net.loop;

import org.jspecify.annotations.Nullable;

/**
 * The one time limit of a connection: the moment by which what it now waits for must have come. Its owner makes it
 * once,
 * arms it as often as the connection changes what it waits for, and releases it when the connection is closed. To move
 * it
 * later or to disarm it writes one field; to move it nearer relinks it. Nothing is allocated. Used on its loop's thread
 * alone.
 */
public final class Deadline {

    /**
     * What happens when the time is up. Called on the loop's thread, with the deadline disarmed: it may be armed again.
     */
    @FunctionalInterface
    public interface Expiry {
        /** The time of {@code deadline} is up. */
        void expired(Deadline deadline);
    }

    static final long NEVER = Long.MAX_VALUE;

    private final DeadlineWheel wheel;
    final Expiry expiry;
    /** When it is due, in the wheel's nanoseconds, or {@link #NEVER}. */
    long due = NEVER;
    /** The tick that it is linked at, which is never after {@link #due}; or -1 when it is not linked. */
    long tick = -1;
    @Nullable
    Deadline next;
    @Nullable
    Deadline previous;

    /** A deadline on {@code wheel}, not armed. */
    public Deadline(DeadlineWheel wheel, Expiry expiry) {
        this.wheel = wheel;
        this.expiry = expiry;
    }

    /** Is due {@code timeoutMillis} from the loop's present time; a timeout of 0 is due on the next tick. */
    public void arm(long timeoutMillis) {
        wheel.arm(this, wheel.clock().nanos() + Math.multiplyExact(timeoutMillis, 1_000_000L));
    }

    /** Is due at {@code nanos} of the loop's clock. */
    public void armAt(long nanos) {
        wheel.arm(this, nanos);
    }

    /** Is due no more, until armed again. */
    public void disarm() {
        due = NEVER;
    }

    /** Disarms, and lets go of the wheel at once, so that the wheel holds nothing of a closed connection. */
    public void release() {
        wheel.release(this);
    }

    /** Whether it is armed. */
    public boolean armed() {
        return due != NEVER;
    }
}
