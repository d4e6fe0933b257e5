package io.frontdesk.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerStateTest {
    private static final int MAX_FAILS = 2;
    private static final long WINDOW = 10_000;

    @Test
    void suspendsAfterFailuresWithinTheWindowAndLetsOneTryAfterIt() {
        PeerState state = new PeerState(1);
        state.failed(1, MAX_FAILS, 1000);
        assertThat(state.isSuspended(MAX_FAILS, WINDOW, 1001)).isFalse();
        state.failed(1, MAX_FAILS, 1000);
        assertThat(state.isSuspended(MAX_FAILS, WINDOW, 11_000)).isTrue();
        assertThat(state.isSuspended(MAX_FAILS, WINDOW, 11_001)).isFalse();
        assertThat(state.chosen(MAX_FAILS, WINDOW, 11_001)).isTrue();
        assertThat(state.isSuspended(MAX_FAILS, WINDOW, 11_002)).isTrue();
        state.succeeded(MAX_FAILS, 11_003);
        assertThat(state.fails()).isZero();
    }

    @Test
    void growsToItsWholeShareAfterItWasOutOfUse() {
        PeerState state = new PeerState(1);
        assertThat(state.share(1000, 5)).isEqualTo(PeerState.WHOLE);
        state.health(PeerHealth.UNHEALTHY, 100);
        state.health(PeerHealth.HEALTHY, 200);
        assertThat(state.share(1000, 200)).isEqualTo(1);
        assertThat(state.share(1000, 700)).isEqualTo(PeerState.WHOLE / 2);
        assertThat(state.share(1000, 1200)).isEqualTo(PeerState.WHOLE);
        assertThat(state.share(0, 200)).isEqualTo(PeerState.WHOLE);
    }

    @Test
    void growsAfterASuspensionButNotAfterASingleFailure() {
        PeerState state = new PeerState(1);
        state.failed(1, MAX_FAILS, 0);
        state.chosen(MAX_FAILS, WINDOW, 20_000);
        state.succeeded(MAX_FAILS, 20_000);
        assertThat(state.share(1000, 20_000)).isEqualTo(PeerState.WHOLE);
        state.failed(1, MAX_FAILS, 30_000);
        state.failed(1, MAX_FAILS, 30_000);
        state.chosen(MAX_FAILS, WINDOW, 50_000);
        state.succeeded(MAX_FAILS, 50_000);
        assertThat(state.share(1000, 50_000)).isEqualTo(1);
    }

    @Test
    void letsNoMoreInThanTheLimitWhateverThreadsDoAtOnce() throws InterruptedException {
        PeerState state = new PeerState(1);
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < 10_000; i++) {
                    if (state.acquire(3)) {
                        most.accumulateAndGet(state.connections(), Math::max);
                        state.release();
                    }
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(state.connections()).isZero();
    }

    @Test
    void keepsMeanTimesAndTheAgeOfRunningRequests() {
        PeerTimes times = new PeerState(1).times();
        times.responseCame(100);
        times.responseCame(200);
        assertThat(times.responseMillis()).isEqualTo(105);
        times.begin(1000);
        times.begin(2000);
        times.observe(3000);
        assertThat(times.inflightMillis()).isEqualTo(1500);
        times.end(1000);
        times.end(2000);
        assertThat(times.isRunning()).isFalse();
    }
}
