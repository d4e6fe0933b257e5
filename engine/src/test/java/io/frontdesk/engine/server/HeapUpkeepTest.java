package io.frontdesk.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapUpkeepTest {
    private static final long MIB = 1 << 20;

    private long size = 32 * MIB;
    private long leftAfterwards = 45 * MIB;
    private int collections;
    private final HeapUpkeep upkeep = new HeapUpkeep(() -> size, this::collect);

    private void collect() {
        collections++;
        size = leftAfterwards;
    }

    private void growsTo(long mib) {
        size = mib * MIB;
        upkeep.look();
    }

    @Test
    void leavesASmallHeapAlone() {
        growsTo(32);
        growsTo(79);

        assertThat(collections).isZero();
    }

    @Test
    void collectsWhatHasDoubledSinceTheLastTime() {
        growsTo(80);
        assertThat(collections).isOne();

        growsTo(89);
        assertThat(collections).isOne();

        growsTo(90);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void letsLiveDataHaveItsRoom() {
        leftAfterwards = 700 * MIB;
        growsTo(800);

        growsTo(1399);
        assertThat(collections).isOne();

        growsTo(1400);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void noticesThatTheHeapHasShrunkByItself() {
        leftAfterwards = 700 * MIB;
        growsTo(800);
        growsTo(50);

        growsTo(99);
        assertThat(collections).isOne();

        growsTo(100);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void doesNotInsistWhereCollectionsAreSwitchedOff() {
        leftAfterwards = 100 * MIB;
        growsTo(100);
        growsTo(100);
        growsTo(120);

        assertThat(collections).isOne();
    }
}
