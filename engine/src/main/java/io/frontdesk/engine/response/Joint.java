package io.frontdesk.engine.response;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The place in the filters of an exchange where the output of its subrequests joins its own, in the order in which both were begun. The
 * first in the line passes on at once; what is behind it waits. Owned by the responder; loop only.
 */
public final class Joint implements AutoCloseable {
    /** How much of the exchange's own output may wait before its producer must stop. */
    private static final int MAX_HELD_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final int index;
    /** Subrequests, and parts of the own output behind them. */
    private final ArrayDeque<Object> line = new ArrayDeque<>();
    private long heldBytes;
    private boolean holds;
    private boolean lastSeen;
    private boolean draining;
    private boolean closed;

    Joint(Exchange exchange, int index) {
        this.exchange = exchange;
        this.index = index;
    }

    /** A subrequest whose output comes behind all that was handed in so far. */
    void add(Subrequest inside) {
        boolean first = line.isEmpty();
        line.add(inside);
        if (first) {
            inside.activate();
        }
    }

    /** Takes a part of the own output. */
    void take(@Nullable ReferenceCounted chunk, boolean last) {
        if (line.isEmpty()) {
            pass(chunk, last);
            return;
        }
        lastSeen |= last;
        if (chunk == null) {
            return;
        }
        if (chunk instanceof ByteBuf buffer) {
            heldBytes += buffer.readableBytes();
            line.add(SharedReceive.settle(buffer, exchange.worker().allocator()));
        } else {
            line.add(chunk);
        }
        if (!holds && heldBytes > MAX_HELD_BYTES) {
            holds = true;
            exchange.responder().hold();
        }
    }

    /** Takes a part of the output of the first in the line. */
    public void passFromInside(ReferenceCounted chunk) {
        if (closed) {
            chunk.release();
        } else {
            pass(chunk, false);
        }
    }

    private void pass(@Nullable ReferenceCounted chunk, boolean last) {
        exchange.responder().takeFrom(index + 1, chunk, last);
    }

    /** The first in the line has ended: it is the next one's turn. */
    public void insideEnded() {
        if (!draining && !closed) {
            draining = true;
            try {
                drain();
            } finally {
                draining = false;
            }
        }
    }

    private void drain() {
        while (!closed) {
            Object first = line.peek();
            if (first instanceof Subrequest inside) {
                inside.activate();
                if (!inside.isOver()) {
                    break;
                }
                line.poll();
                if (line.isEmpty() && lastSeen) {
                    pass(null, true);
                    return;
                }
            } else if (first instanceof ReferenceCounted chunk) {
                line.poll();
                if (chunk instanceof ByteBuf buffer) {
                    heldBytes -= buffer.readableBytes();
                }
                boolean last = lastSeen && line.isEmpty();
                pass(chunk, last);
                if (last) {
                    return;
                }
            } else {
                break;
            }
        }
        if (closed) {
            return;
        }
        exchange.flushLater();
        if (holds && heldBytes <= MAX_HELD_BYTES) {
            holds = false;
            exchange.responder().letGo();
        }
    }

    /** The client can take more: the first in the line is told. */
    void writable() {
        if (line.peek() instanceof Subrequest inside && !inside.isOver()) {
            inside.exchange().onWritable();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Object waits = line.poll(); waits != null; waits = line.poll()) {
            if (waits instanceof ReferenceCounted chunk) {
                chunk.release();
            } else if (waits instanceof Subrequest inside) {
                inside.dropOutput();
            }
        }
    }
}
