package io.frontdesk.net.loop;

import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop that want a flush as the turn ends, as a list through themselves. Owned by its loop, used
 * on
 * its thread alone.
 */
final class TurnFlushes {

    /**
     * A flush may make a connection write again, and so on while the kernel takes it: others must have their turn too.
     */
    private static final int MAX_ROUNDS = 8;

    private @Nullable Writes head;
    private @Nullable Writes tail;

    void add(Writes writes) {
        writes.pending = true;
        Writes last = tail;
        if (last == null) {
            head = writes;
        } else {
            last.next = writes;
        }
        tail = writes;
    }

    /** Whether somebody waits for the next {@link #flush}. */
    boolean isPending() {
        return head != null;
    }

    /** Flushes them, in the order of asking, and those too who ask meanwhile, within bounds. */
    void flush() {
        for (int round = 0; head != null && round < MAX_ROUNDS; round++) {
            Writes writes = head;
            head = null;
            tail = null;
            while (writes != null) {
                Writes following = writes.next;
                writes.next = null;
                writes.pending = false;
                writes.flush();
                writes = following;
            }
        }
    }
}
