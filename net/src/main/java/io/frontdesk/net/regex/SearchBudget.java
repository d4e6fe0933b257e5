package io.frontdesk.net.regex;

import io.frontdesk.net.foreign.ThreadClock;

/**
 * The time that one long search may take. Counts processor time, as a thread that has to wait for its processor must not lose its match;
 * but asks for that only when the cheaper clock shows that something takes long. One for one thread, used again and again.
 */
final class SearchBudget {
    private static final long SUSPICIOUS_NANOS = 5_000_000;
    private static final long CPU_NANOS = 35_000_000;

    private long begin;
    private long cpuBegin;
    private boolean suspicious;

    void start() {
        begin = System.nanoTime();
        suspicious = false;
    }

    boolean isSpent() {
        if (!suspicious) {
            if (System.nanoTime() - begin > SUSPICIOUS_NANOS) {
                suspicious = true;
                cpuBegin = ThreadClock.cpuNanos();
            }
            return false;
        }
        return ThreadClock.cpuNanos() - cpuBegin > CPU_NANOS;
    }
}
