package io.frontdesk.net.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.file.Errno;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class NativeProcessTest {
    private static final int NO_PROCESS = 1 << 30;

    @Test
    void knowsItsProcessAndThread() {
        assertThat(NativeProcess.problem()).isNull();
        assertThat(NativeProcess.processId()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(Path.of("/proc/self/task/" + NativeProcess.threadId())).isDirectory();
        assertThat(NativeProcess.userId()).isNotNegative();
        assertThat(NativeProcess.groupId()).isNotNegative();
    }

    @Test
    void tellsThatAProcessIsGone() {
        assertThat(NativeProcess.probe(NativeProcess.processId())).isZero();
        assertThat(NativeProcess.probe(NO_PROCESS)).isEqualTo(-Errno.ESRCH);
        assertThat(NativeProcess.kill(NO_PROCESS, Signal.HUP)).isEqualTo(-Errno.ESRCH);
        assertThat(Errno.describe(Errno.ESRCH)).isEqualTo("(3: No such process)");
    }

    @Test
    void lowersAndRaisesTheLimitOnOpenFiles() {
        NativeProcess.Limit before = NativeProcess.openFiles();
        assertThat(before).isNotNull();
        assertThat(before.soft()).isNotZero();

        NativeProcess.Limit lower = new NativeProcess.Limit(1000, before.hard());
        assertThat(NativeProcess.setOpenFiles(lower)).isZero();
        assertThat(NativeProcess.openFiles()).isEqualTo(lower);
        assertThat(NativeProcess.setOpenFiles(before)).isZero();
        assertThat(NativeProcess.openFiles()).isEqualTo(before);
    }

    @Test
    void bindsAThreadToOneProcessor() throws InterruptedException {
        BitSet allowed = NativeProcess.processors();
        assertThat(allowed.isEmpty()).isFalse();
        BitSet one = new BitSet();
        one.set(allowed.nextSetBit(0));
        BitSet bound = new BitSet();
        BitSet none = new BitSet();
        int[] results = new int[2];

        Thread thread = Thread.ofPlatform().start(() -> {
            results[0] = NativeProcess.bindThread(one);
            bound.or(NativeProcess.processors());
            results[1] = NativeProcess.bindThread(none);
        });
        thread.join();

        assertThat(results).containsExactly(0, -Errno.EINVAL);
        assertThat(bound).isEqualTo(one);
        assertThat(NativeProcess.processors()).isEqualTo(allowed);
    }

    @Test
    void setsTheUmask() {
        int before = NativeProcess.umask(077);
        assertThat(NativeProcess.umask(before)).isEqualTo(077);
    }
}
