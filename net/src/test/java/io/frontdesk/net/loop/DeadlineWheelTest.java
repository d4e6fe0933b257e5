package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineWheelTest {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** Beyond half of a long's range, so that nothing may compare times but by subtraction. */
    private long now = Long.MAX_VALUE - 7;
    private final long start = now;
    private long wakeAt = NEVER;
    private int wakes;
    private final LoopClock clock = new LoopClock(new LoopClock.Source() {
        @Override
        public long monotonicNanos() {
            return now;
        }

        @Override
        public long wallMillis() {
            return 0;
        }
    }, ZoneOffset.UTC);
    private final DeadlineWheel wheel = new DeadlineWheel(clock, nanos -> wakeAt = nanos);
    private final List<Long> expired = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 16, 17, 100, 999, 5_000, 60_000, 68_719, 68_720, 75_000, 3_600_000, 86_400_000})
    void expiresNeverEarlyAndAtMostATickLate(long timeoutMillis) {
        sleep(3);
        long armedAt = now;
        deadline().arm(timeoutMillis);
        runUntil(now + millis(2 * DAY_MILLIS));
        assertThat(expired).hasSize(1);
        assertThat(expired.getFirst() - armedAt).isBetween(millis(timeoutMillis),
                millis(timeoutMillis) + DeadlineWheel.tickNanos());
    }

    @Test
    void looksAtADistantDeadlineOnceARound() {
        deadline().arm(DAY_MILLIS);
        runUntil(start + millis(2 * DAY_MILLIS));
        assertThat(wakes).isLessThan((int) (DAY_MILLIS / 68_000) + 2);
    }

    @Test
    void movesLaterWithoutWaking() {
        Deadline deadline = deadline();
        deadline.arm(1_000);
        for (int i = 0; i < 50; i++) {
            sleep(900);
            deadline.arm(1_000);
        }
        long last = now;
        assertThat(wheel.size()).isEqualTo(1);
        runUntil(start + millis(DAY_MILLIS));
        assertThat(expired).hasSize(1);
        assertThat(expired.getFirst() - last).isGreaterThanOrEqualTo(millis(1_000));
    }

    @Test
    void movesNearer() {
        Deadline deadline = deadline();
        deadline.arm(60_000);
        deadline.arm(100);
        runUntil(start + millis(200));
        assertThat(expired).hasSize(1);
        runUntil(start + millis(70_000));
        assertThat(expired).hasSize(1);
    }

    @Test
    void isSilentWhenDisarmed() {
        Deadline deadline = deadline();
        deadline.arm(100);
        assertThat(deadline.armed()).isTrue();
        deadline.disarm();
        assertThat(deadline.armed()).isFalse();
        runUntil(start + millis(1_000));
        assertThat(expired).isEmpty();
        assertThat(wheel.size()).isZero();
        deadline.arm(100);
        runUntil(start + millis(2_000));
        assertThat(expired).hasSize(1);
    }

    @Test
    void holdsNothingOfWhatIsReleased() {
        Deadline first = deadline();
        Deadline second = deadline();
        Deadline third = deadline();
        first.arm(100);
        second.arm(100);
        third.arm(100);
        second.release();
        assertThat(wheel.size()).isEqualTo(2);
        first.release();
        third.release();
        assertThat(wheel.size()).isZero();
        runUntil(start + millis(1_000));
        assertThat(expired).isEmpty();
    }

    @Test
    void asksForNoWakingWhileEmpty() {
        deadline().arm(100);
        runUntil(start + millis(DAY_MILLIS));
        assertThat(wakes).isEqualTo(1);
        assertThat(wakeAt).isEqualTo(NEVER);
    }

    @Test
    void isExactAfterALongSleep() {
        deadline().arm(100);
        runUntil(start + millis(200));
        now += millis(DAY_MILLIS);
        clock.turn();
        long armedAt = now;
        deadline().arm(30_000);
        runUntil(now + millis(60_000));
        assertThat(expired.getLast() - armedAt).isBetween(millis(30_000), millis(30_000) + DeadlineWheel.tickNanos());
        assertThat(wakes).isEqualTo(2);
    }

    @Test
    void catchesUpWhenTheLoopWasBlockedForMoreThanARound() {
        for (int i = 0; i < 200; i++) {
            deadline().arm(i * 1_000L);
        }
        now += millis(150_500);
        clock.turn();
        wheel.advance(now);
        assertThat(expired).hasSize(151);
        runUntil(now + millis(100_000));
        assertThat(expired).hasSize(200);
    }

    @Test
    void mayBeArmedAgainAsItExpires() {
        var count = new int[1];
        var again = new Deadline(wheel, deadline -> {
            if (++count[0] < 10) {
                deadline.arm(0);
            }
        });
        again.arm(0);
        runUntil(start + millis(10_000));
        assertThat(count[0]).isEqualTo(10);
    }

    @Test
    void mayReleaseOthersAsItExpires() {
        Deadline other = deadline();
        Deadline alsoDue = deadline();
        var closing = new Deadline(wheel, _ -> {
            other.release();
            alsoDue.release();
        });
        other.arm(100);
        closing.arm(100);
        alsoDue.arm(100);
        // The last one linked is met first, so one of the two expires before.
        runUntil(start + millis(1_000));
        assertThat(expired).hasSize(1);
        assertThat(wheel.size()).isZero();
    }

    @Test
    void expiresTheOthersAlthoughAnOwnerThrows() {
        deadline().arm(100);
        new Deadline(wheel, _ -> {
            throw new IllegalStateException("a bug");
        }).arm(100);
        deadline().arm(100);
        deadline().arm(5_000);
        now += millis(200);
        clock.turn();
        assertThatThrownBy(() -> wheel.advance(now)).hasMessage("a bug");
        runUntil(start + millis(10_000));
        assertThat(expired).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAListOfTimes(int seed) {
        var random = new Random(seed);
        var all = new ArrayList<Checked>();
        for (int i = 0; i < 50; i++) {
            all.add(new Checked());
        }
        for (int step = 0; step < 20_000; step++) {
            Checked one = all.get(random.nextInt(all.size()));
            switch (random.nextInt(8)) {
                case 0 -> one.disarm();
                case 1 -> one.release();
                case 2 -> one.arm(random.nextInt(200_000));
                default -> one.arm(random.nextInt(3_000));
            }
            runUntil(now + random.nextInt(100_000_000));
            for (Checked checked : all) {
                checked.isNotOverdue();
            }
        }
    }

    private final class Checked {

        private final Deadline deadline = new Deadline(wheel, _ -> expired());
        private long due = NEVER;

        void arm(long timeoutMillis) {
            due = now + millis(timeoutMillis);
            deadline.arm(timeoutMillis);
        }

        void disarm() {
            due = NEVER;
            deadline.disarm();
        }

        void release() {
            due = NEVER;
            deadline.release();
        }

        void expired() {
            assertThat(due).isNotEqualTo(NEVER);
            assertThat(now - due).isBetween(0L, DeadlineWheel.tickNanos());
            due = NEVER;
        }

        void isNotOverdue() {
            if (due != NEVER) {
                assertThat(now - due).isLessThanOrEqualTo(DeadlineWheel.tickNanos());
            }
        }
    }

    private Deadline deadline() {
        return new Deadline(wheel, _ -> expired.add(now));
    }

    private void sleep(long millis) {
        runUntil(now + millis(millis));
    }

    /** Lets time pass, and wakes the wheel exactly when it asked for it. */
    private void runUntil(long end) {
        while (wakeAt != NEVER && wakeAt - end <= 0) {
            now = wakeAt - now > 0 ? wakeAt : now;
            wakeAt = NEVER;
            clock.turn();
            wakes++;
            wheel.advance(now);
        }
        now = end;
        clock.turn();
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
