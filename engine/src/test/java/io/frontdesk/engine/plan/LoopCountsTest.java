package io.frontdesk.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopCountsTest {
    private final LoopCounts counts = new LoopCounts();

    @Test
    void sumsWhatTheLoopsAdded() {
        counts.join(0);
        counts.join(3);
        counts.add(0, 2);
        counts.add(3, 5);
        counts.add(0, -1);

        assertThat(counts.sum()).isEqualTo(6);
    }

    @Test
    void keepsWhatALoopCountedWhenAnotherJoins() {
        counts.join(1);
        counts.add(1, 7);
        counts.join(5);
        counts.join(1);

        assertThat(counts.sum()).isEqualTo(7);
    }

    @Test
    void losesNothingOfLoopsThatCountAtTheSameTime() throws InterruptedException {
        List<Thread> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int loop = i;
            counts.join(loop);
            loops.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 100_000; n++) {
                    counts.add(loop, 2);
                    counts.add(loop, -1);
                }
            }));
        }
        for (Thread loop : loops) {
            loop.join();
        }

        assertThat(counts.sum()).isEqualTo(400_000);
    }
}
