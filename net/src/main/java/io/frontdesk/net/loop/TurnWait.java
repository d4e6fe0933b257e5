package io.frontdesk.net.loop;

import io.netty.channel.IoHandlerContext;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * How long the transport may wait for events: until the wheel's next tick, or what Netty has scheduled on the loop, whichever comes first,
 * and where Netty has nothing, a second as Netty has it. The wheel has no task in Netty's queue for that: for each such task Netty would
 * read the time three times a turn. Owned by its loop, used on its thread alone.
 */
final class TurnWait implements DeadlineWheel.Driver {
    private static final long TICKER_ORIGIN = Ticker.systemTicker().initialNanoTime();

    private @Nullable Bounded bounded;
    private boolean asked;
    private long wakeAt;

    @Override
    public void wakeAt(long nanos) {
        asked = true;
        wakeAt = nanos;
    }

    /** Whether the time that the wheel asked for has come; true once. */
    boolean takeDue(LoopClock clock) {
        if (!asked || wakeAt - clock.nanos() > 0) {
            return false;
        }
        asked = false;
        return true;
    }

    /** What the loop says to the transport, with the wheel's bound. */
    IoHandlerContext bound(IoHandlerContext context) {
        Bounded known = bounded;
        if (known == null || known.netty != context) {
            known = new Bounded(context);
            bounded = known;
        }
        return known;
    }

    private final class Bounded implements IoHandlerContext {
        private final IoHandlerContext netty;

        Bounded(IoHandlerContext netty) {
            this.netty = netty;
        }

        @Override
        public boolean canBlock() {
            return netty.canBlock();
        }

        @Override
        public long delayNanos(long now) {
            long delay = netty.delayNanos(now);
            return asked ? Math.min(delay, Math.max(0, wakeAt - now)) : delay;
        }

        @Override
        public long deadlineNanos() {
            long deadline = netty.deadlineNanos();
            // Netty counts from when it was loaded.
            return asked ? Math.min(deadline, Math.max(0, wakeAt - TICKER_ORIGIN)) : deadline;
        }

        @Override
        public void reportActiveIoTime(long nanos) {
            netty.reportActiveIoTime(nanos);
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return netty.shouldReportActiveIoTime();
        }
    }
}
