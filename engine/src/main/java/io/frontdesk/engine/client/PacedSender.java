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

        /** Takes a part of a head that was held back, owned by the callee. */
        default void sendHead(ByteBuf part) {
            throw new IllegalStateException("no head is held back");
        }

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
    /** Whether what is held begins with a head, or the rest of one. */
    private boolean headHeld;
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
        sent = 0;
        lastSeen = false;
    }

    /** Whether something is held back. */
    public boolean isActive() {
        return !held.isEmpty();
    }

    /** nginx: a head counts as any other byte. Gives whether all of it may go now; otherwise it comes by {@link #takeHead}. */
    public boolean countsHead(Exchange ex, int length, long bytesPerSecond, long afterBytes) {
        rate = bytesPerSecond;
        after = afterBytes;
        if (allowed(ex) < length) {
            return false;
        }
        sent += length;
        return true;
    }

    /** Takes a head that is too large to go at once. */
    public void takeHead(Exchange ex, ByteBuf head) {
        exchange = ex;
        headHeld = true;
        held.add(head);
        pump();
    }

    /** Takes a part, to be sent at a rate. */
    public void take(Exchange ex, @Nullable ReferenceCounted chunk, boolean last, long bytesPerSecond,
            long afterBytes) {
        exchange = ex;
        rate = bytesPerSecond;
        after = afterBytes;
        if (chunk != null) {
            held.add(chunk);
        }
        lastSeen |= last;
        pump();
    }

    /** nginx: rate * (whole seconds since the request began + 1), beyond the bytes that are free. */
    private long allowed(Exchange ex) {
        return after + rate * (seconds(ex) + 1) - sent;
    }

    private long seconds(Exchange ex) {
        return (worker.clock().millis() - ex.startMillis()) / 1000;
    }

    private void pump() {
        Exchange ex = exchange;
        if (ex == null) {
            return;
        }
        long allowed = allowed(ex);
        while (allowed > 0 && !held.isEmpty()) {
            ReferenceCounted first = held.peek();
            if (first instanceof ByteBuf buffer && buffer.readableBytes() > allowed) {
                ByteBuf part = buffer.readRetainedSlice((int) allowed);
                sent += allowed;
                allowed = 0;
                send(ex, part, false);
            } else {
                held.poll();
                long size = first instanceof ByteBuf b ? b.readableBytes() : ((FileRegion) first).count();
                sent += size;
                allowed -= size;
                boolean last = lastSeen && held.isEmpty() && !headHeld;
                send(ex, first, last);
                headHeld = false;
                if (last) {
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
        long next = ex.startMillis() + (seconds(ex) + 1) * 1000 - worker.clock().millis();
        deadline.arm(Math.max(TICK_MILLIS, next));
    }

    private void send(Exchange ex, ReferenceCounted part, boolean last) {
        if (headHeld) {
            output.sendHead((ByteBuf) part);
        } else {
            output.send(ex, part, last);
        }
    }

    /** Drops what is held. */
    public void release() {
        deadline.disarm();
        exchange = null;
        headHeld = false;
        while (!held.isEmpty()) {
            held.poll().release();
        }
    }
}
