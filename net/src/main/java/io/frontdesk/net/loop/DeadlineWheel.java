package io.frontdesk.net.loop;

import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one event loop, on a hashed wheel of 4096 ticks of some 17 ms. A deadline never expires early, and
 * at most one
 * tick late when the wheel is driven in time. It is linked at a tick not after its own: when that tick comes and the
 * deadline was moved meanwhile, it is linked anew, so that moving it later costs nothing. A deadline beyond the wheel's
 * 69 s is
 * looked at once a round.
 *
 * <p>
 * Owned by its loop, used on its thread alone. It asks its {@link Driver} for one call at the first tick that holds
 * anything, and for none while it is empty.
 */
public final class DeadlineWheel {

    /** Who calls {@link #advance} in time. */
    public interface Driver {
        /** Asks for one call of {@link #advance} at {@code nanos}, in place of any that was asked for before. */
        void wakeAt(long nanos);
    }

    static final int TICK_SHIFT = 24;
    private static final int SLOTS = 4096;
    private static final int MASK = SLOTS - 1;
    private static final long NONE = Long.MAX_VALUE;

    private final LoopClock clock;
    private final Driver driver;
    private final long origin;
    private final @Nullable Deadline[] slots = new @Nullable Deadline[SLOTS];
    /** One bit for each slot: whether it holds anything. */
    private final long[] occupied = new long[SLOTS / Long.SIZE];
    /** All ticks up to this one are done. */
    private long done;
    /** The tick that the driver was asked for. */
    private long asked = NONE;
    private boolean advancing;
    private int linked;

    /** An empty wheel whose time begins now. */
    public DeadlineWheel(LoopClock clock, Driver driver) {
        this.clock = clock;
        this.driver = driver;
        this.origin = clock.nanos();
    }

    /** How long a tick is, and so how late a deadline may expire. */
    public static long tickNanos() {
        return 1L << TICK_SHIFT;
    }

    LoopClock clock() {
        return clock;
    }

    /** How many deadlines it holds, those included that were disarmed and not yet met again. */
    public int size() {
        return linked;
    }

    void arm(Deadline deadline, long nanos) {
        deadline.due = nanos == Deadline.NEVER ? nanos - 1 : nanos;
        if (!advancing) {
            // Nothing is linked before the tick that was asked for, so the time up to it is done already.
            done = Math.max(done, Math.min((clock.nanos() - origin) >> TICK_SHIFT, asked - 1));
        }
        long tick = tickOf(deadline.due);
        if (deadline.tick < 0) {
            link(deadline, tick);
        } else if (tick < deadline.tick) {
            unlink(deadline);
            link(deadline, tick);
        }
    }

    void release(Deadline deadline) {
        deadline.due = Deadline.NEVER;
        if (deadline.tick >= 0) {
            unlink(deadline);
        }
    }

    /**
     * Expires what is due at {@code nanos} of the clock, and asks for the next call. An exception of an owner passes
     * through; what else is due then expires at the next call, which was asked for.
     */
    public void advance(long nanos) {
        long target = (nanos - origin) >> TICK_SHIFT;
        asked = NONE;
        advancing = true;
        try {
            // What is a whole round behind is in some slot all the same.
            done = Math.max(done, target - SLOTS);
            while (done < target && linked > 0) {
                long tick = firstAfter(done);
                if (tick > target) {
                    break;
                }
                // The slot of the tick that is being done can't be linked to: what is linked is at most a round less
                // one ahead.
                done = tick;
                expire((int) (tick & MASK), nanos);
            }
            done = Math.max(done, target);
        } finally {
            advancing = false;
            if (linked > 0) {
                // Back by one when an owner threw: the rest of that slot is still there.
                long tick = slots[(int) (done & MASK)] != null ? done : firstAfter(done);
                if (tick == done) {
                    done--;
                }
                ask(tick);
            }
        }
    }

    private void expire(int slot, long nanos) {
        Deadline deadline;
        while ((deadline = slots[slot]) != null) {
            unlink(deadline);
            if (deadline.due == Deadline.NEVER) {
                continue;
            }
            if (deadline.due - nanos <= 0) {
                deadline.due = Deadline.NEVER;
                deadline.expiry.expired(deadline);
            } else {
                link(deadline, tickOf(deadline.due));
            }
        }
    }

    /** The first tick at whose beginning {@code nanos} has passed. */
    private long tickOf(long nanos) {
        long since = nanos - origin;
        return (since >> TICK_SHIFT) + ((since & ((1L << TICK_SHIFT) - 1)) == 0 ? 0 : 1);
    }

    private void link(Deadline deadline, long wanted) {
        long tick = Math.min(Math.max(wanted, done + 1), done + SLOTS - 1);
        int slot = (int) (tick & MASK);
        Deadline head = slots[slot];
        deadline.tick = tick;
        deadline.next = head;
        deadline.previous = null;
        if (head != null) {
            head.previous = deadline;
        }
        slots[slot] = deadline;
        occupied[slot >> 6] |= 1L << slot;
        linked++;
        if (tick < asked && !advancing) {
            ask(tick);
        }
    }

    private void unlink(Deadline deadline) {
        int slot = (int) (deadline.tick & MASK);
        Deadline next = deadline.next;
        Deadline previous = deadline.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            slots[slot] = next;
            if (next == null) {
                occupied[slot >> 6] &= ~(1L << slot);
            }
        }
        deadline.next = null;
        deadline.previous = null;
        deadline.tick = -1;
        linked--;
    }

    private void ask(long tick) {
        asked = tick;
        driver.wakeAt(origin + (tick << TICK_SHIFT));
    }

    /** The first tick after {@code tick} whose slot holds anything; there is one. */
    private long firstAfter(long tick) {
        int from = (int) ((tick + 1) & MASK);
        int word = from >> 6;
        long bits = occupied[word] & (-1L << from);
        for (int i = 0; i <= occupied.length; i++) {
            if (bits != 0) {
                int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
                return tick + 1 + ((slot - from) & MASK);
            }
            word = (word + 1) & (occupied.length - 1);
            bits = occupied[word];
        }
        throw new IllegalStateException("no deadline is linked");
    }
}
