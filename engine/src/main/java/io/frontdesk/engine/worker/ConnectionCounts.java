package io.frontdesk.engine.worker;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one loop counts of its client connections and requests, for {@code stub_status} and its like. Only the loop writes; any thread may
 * read, and sees each number as it was a moment ago.
 */
public final class ConnectionCounts {
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong active = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong reading = new AtomicLong();
    private final AtomicLong writing = new AtomicLong();

    // A plain addition: there is one writer, and a locked one would cost more than all else here.
    private static void add(AtomicLong count, long n) {
        count.setOpaque(count.getPlain() + n);
    }

    /** A connection came. */
    public void accept() {
        add(accepted, 1);
    }

    /** It was taken on. */
    public void open() {
        add(handled, 1);
        add(active, 1);
    }

    /** It ended. */
    public void close() {
        add(active, -1);
    }

    /** The first byte of a request's head came. */
    public void beginRequest() {
        add(requests, 1);
        add(reading, 1);
    }

    /** The head is whole, or broken: an answer is under way. */
    public void beginAnswer() {
        add(reading, -1);
        add(writing, 1);
    }

    /** The answer is out. */
    public void endAnswer() {
        add(writing, -1);
    }

    /** The connection ended before the head was whole. */
    public void dropRequest() {
        add(reading, -1);
    }

    /** Connections that came. */
    public long accepted() {
        return accepted.getOpaque();
    }

    /** Connections that were taken on. */
    public long handled() {
        return handled.getOpaque();
    }

    /** Connections now. */
    public long active() {
        return active.getOpaque();
    }

    /** Requests so far. */
    public long requests() {
        return requests.getOpaque();
    }

    /** Requests whose head is being read. */
    public long reading() {
        return reading.getOpaque();
    }

    /** Requests that are being answered. */
    public long writing() {
        return writing.getOpaque();
    }
}
