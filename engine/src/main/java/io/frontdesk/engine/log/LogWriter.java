package io.frontdesk.engine.log;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that writes logs, so that no loop waits for a disk. One for the process. It sleeps while there is nothing to write; under load
 * it looks every two milliseconds, so that loops need not wake it for each line. For a log that gathers lines ({@code buffer=}) it is woken
 * once there are enough of them.
 */
@ControlPlane("the log thread; a loop only wakes it, or writes an error line to the page cache")
public final class LogWriter {
    private static final LogWriter PROCESS = new LogWriter();
    private static final long BUSY_NANOS = 2_000_000;
    private static final int QUIET_ROUNDS = 3;
    private static final long LONGEST_NANOS = 1_000_000_000;

    private record Line(LogTarget target, byte[] bytes) {}

    private final List<LogRing> rings = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "frontdesk-log");
    private volatile boolean sleeping;
    private volatile long sleepsAtMostNanos = LONGEST_NANOS;

    private LogWriter() {
        thread.setDaemon(true);
        thread.start();
    }

    /** The one of this process. */
    public static LogWriter process() {
        return PROCESS;
    }

    /**
     * A ring to a target for one loop.
     *
     * @param flushBytes how much may gather before it is written; 0 to write at once
     * @param flushNanos how long it may gather; 0 for no limit
     */
    public LogRing ring(LogTarget target, int flushBytes, long flushNanos) {
        LogRing ring = new LogRing(this, target, flushBytes, flushNanos);
        rings.add(ring);
        if (flushNanos > 0) {
            looksWithin(flushNanos);
        }
        return ring;
    }

    private synchronized void looksWithin(long nanos) {
        if (sleepsAtMostNanos > nanos) {
            sleepsAtMostNanos = nanos;
            wake();
        }
    }

    /** Writes what a ring still holds, and forgets it. Any thread. */
    public void close(LogRing ring) {
        ring.drain(true);
        rings.remove(ring);
    }

    /** Takes a line of its own (error log, a path with variables); any thread. The array is kept. */
    public void takeLine(LogTarget target, byte[] line) {
        lines.add(new Line(target, line));
        wake();
    }

    void wake() {
        if (sleeping) {
            sleeping = false;
            LockSupport.unpark(thread);
        }
    }

    /** Writes all that is there; returns when it is written. Any thread: at exit, before a reopen, in tests. */
    public void flush() {
        for (LogRing ring : rings) {
            ring.drain(true);
        }
        drainLines();
    }

    private void run() {
        int quiet = 0;
        while (true) {
            quiet = drain() ? 0 : Math.min(quiet + 1, QUIET_ROUNDS);
            if (quiet < QUIET_ROUNDS) {
                LockSupport.parkNanos(this, BUSY_NANOS);
                continue;
            }
            // From here on it is woken; what came before this was said is found by looking once more.
            sleeping = true;
            if (drain()) {
                quiet = 0;
            } else {
                LockSupport.parkNanos(this, sleepsAtMostNanos);
            }
            sleeping = false;
        }
    }

    /** Writes what is due; whether more can be expected soon. Lines that are gathered wake us when there are enough of them. */
    private boolean drain() {
        boolean more = drainLines();
        for (LogRing ring : rings) {
            more |= ring.drain(false) && !ring.gathers();
        }
        return more;
    }

    private synchronized boolean drainLines() {
        boolean any = false;
        for (Line line = lines.poll(); line != null; line = lines.poll()) {
            writeTo(line.target, line.bytes, 0, line.bytes.length);
            any = true;
        }
        return any;
    }

    /** Writes to a target; a failure goes to standard error, and no further. */
    void writeTo(LogTarget target, byte[] bytes, int offset, int length) {
        try {
            synchronized (target) {
                target.write(bytes, offset, length);
            }
        } catch (IOException e) {
            System.err.println("nginx: [alert] write to a log failed: " + e.getMessage());
        }
    }
}
