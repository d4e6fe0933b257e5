package io.frontdesk.net.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The loop's {@link CallRing}, made in the background when it would be of use for the first time: an idle process has none. Owned by its
 * loop, used on its thread.
 */
final class Calls {
    private final AtomicReference<@Nullable CallRing> opened = new AtomicReference<>();
    private @Nullable CallRing ring;
    /** {@code -Dfrontdesk.io_uring=off} does without, to compare. */
    private boolean asked = "off".equals(System.getProperty("frontdesk.io_uring"));
    private volatile boolean closed;

    /** The ring, or null as long as there is none. */
    @Nullable
    CallRing ring() {
        CallRing known = ring;
        if (known == null) {
            known = opened.get();
            ring = known;
            if (known != null) {
                known.belongsHere();
            }
            if (!asked) {
                asked = true;
                Thread.ofVirtual().start(this::open);
            }
        }
        return known;
    }

    private void open() {
        opened.set(CallRing.open());
        if (closed) {
            closeOpened();
        }
    }

    /** The loop ends. */
    void close() {
        closed = true;
        ring = null;
        asked = true;
        closeOpened();
    }

    /** Whoever takes it closes it. */
    private void closeOpened() {
        CallRing known = opened.getAndSet(null);
        if (known != null) {
            known.close();
        }
    }
}
