package io.frontdesk.net.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** The processor time of the calling thread. Costs a system call, unlike the time of day. */
public final class ThreadClock {
    private static final MemorySegment CLOCK_GETTIME = Libc.function("clock_gettime");
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;

    private ThreadClock() {}

    /** Nanoseconds that this thread has run; where that cannot be had, nanoseconds that have passed. */
    public static long cpuNanos() {
        Scratch scratch = Scratch.local();
        MemorySegment time = scratch.struct();
        int result = Libc.call(CLOCK_GETTIME, scratch, CLOCK_THREAD_CPUTIME_ID, time.address(), 0, 0);
        return result == 0 ? time.get(JAVA_LONG, 0) * 1_000_000_000 + time.get(JAVA_LONG, 8) : System.nanoTime();
    }
}
