package io.frontdesk.engine.upstream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a peer takes: moving averages over its responses, and over the requests that it works on now. Of fixed size, shared by all
 * loops, any thread. The times of running requests are kept as their number and the sum of their starts, which give their mean age at any
 * moment.
 */
public final class PeerTimes {
    private final AtomicLong header = new AtomicLong();
    private final AtomicLong response = new AtomicLong();
    private final AtomicLong inflight = new AtomicLong();
    private final AtomicLong running = new AtomicLong();
    private final AtomicLong startSum = new AtomicLong();

    PeerTimes() {}

    /** The mean time until a response's head came, in milliseconds; 0 before the first. */
    public long headerMillis() {
        return header.get();
    }

    /** The mean time until a response was there whole. */
    public long responseMillis() {
        return response.get();
    }

    /** The mean age of running requests, as it was seen by and by. */
    public long inflightMillis() {
        return inflight.get();
    }

    /** Whether requests run whose ages are counted. */
    public boolean isRunning() {
        return running.get() > 0;
    }

    /** A head came. */
    public void headerCame(long millis) {
        average(header, millis);
    }

    /** A response is there whole. */
    public void responseCame(long millis) {
        average(response, millis);
    }

    /** A request starts whose age is to be counted. */
    public void begin(long nowMillis) {
        startSum.addAndGet(nowMillis);
        running.incrementAndGet();
    }

    /** The age of a request that {@link #begin} counted is of no interest any more. */
    public void end(long startMillis) {
        running.decrementAndGet();
        startSum.addAndGet(-startMillis);
    }

    /** Looks at the ages of running requests. */
    public void observe(long nowMillis) {
        long count = running.get();
        if (count > 0) {
            average(inflight, Math.max(0, nowMillis - startSum.get() / count));
        }
    }

    /** nginx: an exponential moving average, rounded. */
    private static void average(AtomicLong mean, long value) {
        while (true) {
            long before = mean.get();
            long after = before == 0 ? value : (long) (0.5 + value * 0.05 + before * 0.95);
            if (mean.compareAndSet(before, after)) {
                return;
            }
        }
    }
}
