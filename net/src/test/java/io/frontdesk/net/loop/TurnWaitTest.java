package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandlerContext;
import io.netty.util.concurrent.Ticker;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TurnWaitTest {
    private static final long SECOND = 1_000_000_000;

    private final FixedTime time = new FixedTime();
    private final LoopClock clock = new LoopClock(time, ZoneOffset.UTC);
    private final TurnWait wait = new TurnWait();
    /** When Netty's next task is due, by the clock that the wheel has. */
    private long nettyAt = time.nanos + SECOND;
    private final IoHandlerContext bound = wait.bound(new IoHandlerContext() {
        @Override
        public boolean canBlock() {
            return true;
        }

        @Override
        public long delayNanos(long now) {
            return Math.max(0, nettyAt - now);
        }

        @Override
        public long deadlineNanos() {
            return nettyAt - Ticker.systemTicker().initialNanoTime();
        }
    });

    @Test
    void waitsForWhateverComesFirst() {
        assertThat(bound.delayNanos(time.nanos)).isEqualTo(SECOND);
        long netty = bound.deadlineNanos();

        wait.wakeAt(time.nanos + 500);
        assertThat(bound.delayNanos(time.nanos + 200)).isEqualTo(300);
        assertThat(bound.delayNanos(time.nanos + 700)).isZero();

        nettyAt = time.nanos + 100;
        assertThat(bound.delayNanos(time.nanos)).isEqualTo(100);
        assertThat(bound.deadlineNanos()).isEqualTo(netty - SECOND + 100);

        wait.wakeAt(time.nanos + 2 * SECOND);
        nettyAt = time.nanos + SECOND;
        assertThat(bound.deadlineNanos()).isEqualTo(netty);
    }

    @Test
    void saysOnceThatTheTimeHasCome() {
        assertThat(wait.takeDue(clock)).isFalse();
        wait.wakeAt(time.nanos + 5);
        assertThat(wait.takeDue(clock)).isFalse();
        time.nanos += 5;
        assertThat(wait.takeDue(clock)).as("in the same turn").isFalse();
        clock.turn();
        assertThat(wait.takeDue(clock)).isTrue();
        assertThat(wait.takeDue(clock)).isFalse();
        assertThat(bound.delayNanos(time.nanos)).isEqualTo(SECOND - 5);
    }

    private static final class FixedTime implements LoopClock.Source {
        private long nanos = System.nanoTime();

        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public long wallMillis() {
            return 0;
        }
    }
}
