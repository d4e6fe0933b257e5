package io.frontdesk.net.loop;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event loop waits for events or works, for somebody who looks now and then: a number that changes with each change, and no
 * clock is read. Written by the loop only, a plain store when a turn begins and one when its first event is handled.
 */
public final class LoopActivity {
    /** Odd while it works. */
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Thread thread;

    LoopActivity() {}

    Thread ofThread(Thread made) {
        thread = made;
        return made;
    }

    /** The loop is about to wait. */
    void waits() {
        long now = changes.getPlain();
        if ((now & 1) != 0) {
            changes.setOpaque(now + 1);
        }
    }

    /** It handles something. */
    void works() {
        long now = changes.getPlain();
        if ((now & 1) == 0) {
            changes.setOpaque(now + 1);
        }
    }

    /** A number that is another one whenever a new stretch of work has begun. Any thread. */
    public long number() {
        return changes.getOpaque();
    }

    /** Whether the loop worked at that {@link #number}. */
    public static boolean isWork(long number) {
        return (number & 1) != 0;
    }

    /** Where the loop's thread stands now; costs it a moment. Any thread. */
    public StackTraceElement[] stack() {
        Thread of = thread;
        return of == null ? new StackTraceElement[0] : of.getStackTrace();
    }
}
