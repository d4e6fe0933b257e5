package io.frontdesk.net.loop;

import org.jspecify.annotations.Nullable;

/**
 * The loop's {@link CallRing}, made in the background when it would be of use for the first time: an idle process has none. Owned by its
 * loop, used on its thread.
 */
final class Calls {
    /** {@code -Dfrontdesk.io_uring=off} does without, to compare. */
    private static final boolean WANTED = !"off".equals(System.getProperty("frontdesk.io_uring"));

    private volatile @Nullable CallRing opened;
    private @Nullable CallRing ring;
    private boolean asked = !WANTED;
    private boolean closed;

    /** The ring, or null as long as there is none. */
    @Nullable
    CallRing ring() {
        CallRing known = ring;
        if (known == null) {
            known = opened;
            ring = known;
            if (!asked) {
                asked = true;
                Thread.ofVirtual().start(this::open);
            }
        }
        return known;
    }

    private void open() {
        CallRing made = CallRing.open();
        if (made != null && !keep(made)) {
            made.close();
        }
    }

    private synchronized boolean keep(CallRing made) {
        if (!closed) {
            opened = made;
        }
        return !closed;
    }

    /** The loop ends. */
    synchronized void close() {
        closed = true;
        CallRing known = opened;
        opened = null;
        ring = null;
        asked = true;
        if (known != null) {
            known.close();
        }
    }
}
