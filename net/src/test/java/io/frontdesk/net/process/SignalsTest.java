package io.frontdesk.net.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.ChildJvm;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalsTest {
    /** A shell that runs the tests in the background ignores INT and QUIT, and so would the child. */
    private static final List<String> LAUNCHER = List.of("env", "--default-signal=QUIT,HUP,TERM,INT",
            "--block-signal=QUIT,HUP,TERM,INT,USR1,USR2,WINCH", "_JAVA_SR_SIGNUM=50");
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    @Test
    void deliversSignalsToAProcessThatTheLauncherStarted() throws Exception {
        try (ChildJvm child = ChildJvm.start(LAUNCHER, List.of("-Xrs", NATIVE), Echo.class)) {
            assertThat(child.line()).isEqualTo("ready [HUP, INT, QUIT, USR1, USR2, TERM, WINCH] null");
            for (Signal signal : Signal.values()) {
                assertThat(NativeProcess.kill(child.pid(), signal)).isZero();
                assertThat(child.line()).isEqualTo(signal + " from " + NativeProcess.processId());
            }
            assertThat(child.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void deliversNothingWithoutTheLauncher() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), List.of(NATIVE), Echo.class)) {
            assertThat(child.line()).startsWith("ready [] no control by the signals [HUP, INT, QUIT, USR1, USR2,");
        }
    }

    @Test
    void leavesSignalsToAJvmThatHandlesThemItself() throws Exception {
        try (ChildJvm child = ChildJvm.start(LAUNCHER, List.of(NATIVE), Echo.class)) {
            assertThat(child.line()).isEqualTo("ready [USR1, USR2, WINCH] no control by the signals "
                    + "[HUP, INT, QUIT, TERM]: the process was not started with them blocked and -Xrs");
        }
    }

    @Test
    void saysSoWhereNativeAccessIsDenied() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), List.of("--illegal-native-access=deny"), Echo.class)) {
            assertThat(child.line()).startsWith("ready [] native access is not allowed");
        }
    }

    /** Runs in the child: says what it receives, and ends after WINCH. */
    static final class Echo {
        public static void main(String[] arguments) throws InterruptedException {
            Set<Signal> signals = Signals.deliverTo((signal, sender) -> {
                System.out.println(signal + " from " + sender);
                if (signal == Signal.WINCH) {
                    System.exit(7);
                }
            });
            System.out.println("ready " + signals + " " + Signals.problem());
            Thread.currentThread().join();
        }
    }
}
