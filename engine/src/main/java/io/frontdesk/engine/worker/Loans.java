package io.frontdesk.engine.worker;

import org.jspecify.annotations.Nullable;

/**
 * Who keeps parts of the loop's receive buffers because somebody is a moment late. A part of a few bytes keeps a whole buffer alive, so only
 * the last few may do so: the one before them copies what it keeps. Thus a client that is nearly fast enough costs no copy, and a thousand
 * slow ones no more than the bytes that wait for them. Owned by its worker; loop only.
 */
public final class Loans {
    private static final int MOST = 8;

    /** One who keeps parts. Loop only. */
    public interface Borrower {
        /** Copies what is kept of receive buffers, and lets go of them. There may be nothing left to copy. */
        void settle();
    }

    private final @Nullable Borrower[] ring = new @Nullable Borrower[MOST];
    private int next;

    Loans() {}

    /** Somebody keeps a part from here on; who has done so for longest may have to settle. */
    public void add(Borrower borrower) {
        for (Borrower known : ring) {
            if (known == borrower) {
                return;
            }
        }
        Borrower longest = ring[next];
        ring[next] = borrower;
        next = (next + 1) % MOST;
        if (longest != null) {
            longest.settle();
        }
    }
}
