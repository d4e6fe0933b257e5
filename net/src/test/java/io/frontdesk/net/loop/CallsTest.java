package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a loop gets its ring, and what the ring tells about calls that fail. */
class CallsTest {
    private static final int EBADF = -9;
    private static final int ENOTSOCK = -88;

    @BeforeEach
    void needsRings() {
        CallRing ring = CallRing.open();
        assumeTrue(ring != null, "the kernel gives no ring");
        Objects.requireNonNull(ring).close();
    }

    private static long rings() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(CallsTest::isRing).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isRing(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("io_uring");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void theRingIsThereSomeTimeAfterItWasAskedForAndGoneWithTheLoop() {
        Calls calls = new Calls();
        await().until(() -> calls.ring() != null);
        assertThat(calls.ring()).isSameAs(calls.ring());
        calls.close();
        assertThat(calls.ring()).isNull();
        await().until(() -> rings() == 0);
    }

    @Test
    void aLoopThatEndsWhileItsRingIsMadeLeavesNone() {
        for (int i = 0; i < 200; i++) {
            Calls calls = new Calls();
            calls.ring();
            for (int spin = 0; spin < i * 200; spin++) {
                Thread.onSpinWait();
            }
            calls.close();
        }
        await().until(() -> rings() == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachCallHasItsOwnOutcomeHoweverOftenTheRingWentRound(boolean belongsHere) throws IOException {
        CallRing ring = Objects.requireNonNull(CallRing.open());
        if (belongsHere) {
            ring.belongsHere();
        }
        FileDescriptor noSocket = FileDescriptor.from("/dev/null");
        try {
            for (int round = 0; round < 1000; round++) {
                int calls = 1 + round % CallRing.CAPACITY;
                for (int i = 0; i < calls; i++) {
                    ring.receive((i + round) % 3 == 0 ? noSocket.intValue() : -1, 0, 0);
                }
                ring.make();
                for (int i = 0; i < calls; i++) {
                    assertThat(ring.outcome(i)).isEqualTo((i + round) % 3 == 0 ? ENOTSOCK : EBADF);
                }
            }
        } finally {
            noSocket.close();
            ring.close();
        }
    }

    @Test
    void whatWasAddedAndForgottenIsNotMade() {
        CallRing ring = Objects.requireNonNull(CallRing.open());
        try {
            ring.receive(0, 0, 0);
            ring.receive(0, 0, 0);
            ring.clear();
            ring.receive(-1, 0, 0);
            ring.make();
            assertThat(ring.outcome(0)).isEqualTo(EBADF);
        } finally {
            ring.close();
        }
    }
}
