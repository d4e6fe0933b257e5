package io.frontdesk.engine.client;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Holds parts of a response back so that it goes out at {@code limit_rate}. While something is held the stream counts as full, so that its
 * producer stops: what waits here is at most what the producer handed in before it was told. Owned by an output.
 */
public final class PacedSender {
    /** Where parts go when it is their time. */
    public interface Sink {
        /** Takes a part, owned by the callee. */
        void send(Exchange ex, @Nullable ReferenceCounted chunk, boolean last);

        /** Sends what was written. */
        void flush();

        /** Nothing is held back any more. */
        void pacedDrained();
    }

    private static final long TICK_MILLIS = 50;

    private final Sink output;
    private final Deadline deadline;
    private final Worker worker;
    private final ArrayDeque<ReferenceCounted> held = new ArrayDeque<>(4);
    private @Nullable Exchange exchange;
    private boolean lastSeen;
    private long startMillis = -1;
    private long sent;
    private long rate;
    private long after;

    /** For one way back to a client. */
    public PacedSender(Sink output, Worker worker) {
        this.output = output;
        this.worker = worker;
        this.deadline = new Deadline(worker.wheel(), d -> pump());
    }

    /** A new response begins: what was held is dropped. */
    public void begin() {
        release();
        startMillis = -1;
        sent = 0;
        lastSeen = false;
    }

    /** Whether something is held back. */
    public boolean isActive() {
        return !held.isEmpty();
    }

    /** Takes a part, to be sent at a rate. */
    public void take(Exchange ex, @Nullable ReferenceCounted chunk, boolean last, long bytesPerSecond,
            long afterBytes) {
        exchange = ex;
        rate = bytesPerSecond;
        after = afterBytes;
        if (startMillis < 0) {
            startMillis = worker.clock().millis();
        }
        if (chunk != null) {
            held.add(chunk);
        }
        lastSeen |= last;
        pump();
    }

    private void pump() {
        Exchange ex = exchange;
        if (ex == null) {
            return;
        }
        // nginx: rate * (whole seconds since the start + 1), beyond the bytes that are free.
        long seconds = (worker.clock().millis() - startMillis) / 1000 + 1;
        long allowed = after + rate * seconds - sent;
        while (allowed > 0 && !held.isEmpty()) {
            ReferenceCounted first = held.peek();
            if (first instanceof ByteBuf buffer && buffer.readableBytes() > allowed) {
                ByteBuf part = buffer.readRetainedSlice((int) allowed);
                sent += allowed;
                allowed = 0;
                output.send(ex, part, false);
            } else {
                held.poll();
                long size = first instanceof ByteBuf b ? b.readableBytes() : ((FileRegion) first).count();
                sent += size;
                allowed -= size;
                output.send(ex, first, lastSeen && held.isEmpty());
                if (lastSeen && held.isEmpty()) {
                    return;
                }
            }
        }
        if (held.isEmpty()) {
            if (lastSeen) {
                output.send(ex, null, true);
            } else {
                output.flush();
                output.pacedDrained();
            }
            return;
        }
        output.flush();
        long next = startMillis + seconds * 1000 - worker.clock().millis();
        deadline.arm(Math.max(TICK_MILLIS, next));
    }

    /** Drops what is held. */
    public void release() {
        deadline.disarm();
        exchange = null;
        while (!held.isEmpty()) {
            held.poll().release();
        }
    }
}
