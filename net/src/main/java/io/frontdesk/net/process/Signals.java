package io.frontdesk.net.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes signals from the kernel. HotSpot keeps SIGQUIT for thread dumps and ends on SIGHUP, SIGINT and SIGTERM, so the launcher starts
 * {@code java -Xrs} with our signals blocked; every thread of the JVM inherits that, and one daemon thread of ours asks for them with
 * {@code sigwaitinfo}. Without the launcher there are no signals: a signal that some thread does not block is not waited for, since
 * it would be delivered to that thread. SIGUSR2 is HotSpot's own for suspending threads: it unblocks it, unless the launcher's
 * environment gives it another number ({@code _JAVA_SR_SIGNUM=50}).
 */
public final class Signals {
    private static final MemorySegment SIGWAITINFO = Libc.function("sigwaitinfo");
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final String BLOCKED = "SigBlk:";
    private static final int SET_BYTES = 128;
    private static final int SIGINFO_BYTES = 128;
    private static final long SENDER = 16;

    private Signals() {}

    /** Takes signals, on the thread that waits for them; must not throw. */
    @FunctionalInterface
    public interface Listener {
        /** One signal; {@code sender} is a process id, 0 where the kernel or another PID namespace sent it. */
        void received(Signal signal, int sender);
    }

    /** Starts to deliver signals; those that will be delivered. Empty where {@link #problem} is not null. */
    public static Set<Signal> deliverTo(Listener listener) {
        Set<Signal> signals = blocked();
        if (!signals.isEmpty()) {
            Thread.ofPlatform().name("signals").daemon().start(() -> waitFor(signals, listener));
        }
        return signals;
    }

    /** Why not all signals can be delivered, for one line in the log; null when all can. */
    public static @Nullable String problem() {
        if (Libc.problem() != null) {
            return Libc.problem();
        }
        Set<Signal> open = EnumSet.allOf(Signal.class);
        open.removeAll(blocked());
        return open.isEmpty()
                ? null
                : "no control by the signals " + open + ": the process was not started with them blocked and -Xrs";
    }

    /** The signals that every thread of this process blocks. */
    public static Set<Signal> blocked() {
        if (SIGWAITINFO.address() == 0) {
            return Set.of();
        }
        long mask = -1;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                mask &= blockedBy(thread.resolve("status"));
            }
        } catch (IOException e) {
            return Set.of();
        }
        Set<Signal> signals = EnumSet.noneOf(Signal.class);
        for (Signal signal : Signal.values()) {
            if ((mask & 1L << (signal.number() - 1)) != 0) {
                signals.add(signal);
            }
        }
        return Collections.unmodifiableSet(signals);
    }

    private static long blockedBy(Path status) throws IOException {
        try {
            for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(BLOCKED)) {
                    return Long.parseUnsignedLong(line.substring(BLOCKED.length()).trim(), 16);
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            // The thread has ended since.
            return -1;
        } catch (IOException e) {
            // ESRCH while reading: as above.
            return Files.exists(status) ? 0 : -1;
        }
    }

    private static void waitFor(Set<Signal> signals, Listener listener) {
        MemorySegment set = set(signals);
        MemorySegment info = Arena.ofAuto().allocate(SIGINFO_BYTES, Long.BYTES);
        Scratch scratch = Scratch.local();
        while (true) {
            int number = Libc.callAgain(SIGWAITINFO, scratch, set.address(), info.address(), 0, 0);
            Signal signal = number > 0 ? Signal.numbered(number) : null;
            if (signal == null) {
                return;
            }
            listener.received(signal, info.get(JAVA_INT, SENDER));
        }
    }

    /** A {@code sigset_t}: one bit for each signal from 1 on. */
    private static MemorySegment set(Set<Signal> signals) {
        MemorySegment set = Arena.ofAuto().allocate(SET_BYTES, Long.BYTES);
        for (Signal signal : signals) {
            int bit = signal.number() - 1;
            byte old = set.get(JAVA_BYTE, bit / 8);
            set.set(JAVA_BYTE, bit / 8, (byte) (old | 1 << bit % 8));
        }
        return set;
    }
}
