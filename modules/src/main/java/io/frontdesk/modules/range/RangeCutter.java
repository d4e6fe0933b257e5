package io.frontdesk.modules.range;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.response.Ranges;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Cuts ranges out of a body that comes in parts. Ranges in the order of the body pass as they come; where one lies
 * before its predecessor, the body is held until its end: the filter allows that for small ones only. The end is handed
 * on when the handler says so, as it may go on for a while. Owned by its exchange.
 */
final class RangeCutter implements AutoCloseable {
    private final Exchange exchange;
    private final Ranges ranges;
    private final int next;
    private final boolean inOrder;
    private final Deque<ByteBuf> held = new ArrayDeque<>(0);
    private long position;
    private int current;
    private boolean headSent;
    private boolean ended;

    RangeCutter(Exchange exchange, Ranges ranges, int next) {
        this.exchange = exchange;
        this.ranges = ranges;
        this.next = next;
        this.inOrder = ranges.isInOrder();
    }

    void take(@Nullable ReferenceCounted chunk, boolean last) {
        if (ended) {
            release(chunk);
            return;
        }
        if (chunk instanceof FileRegion) {
            release(chunk);
            throw new IllegalStateException("a region of a file came to the range filter");
        }
        ByteBuf data = (ByteBuf) chunk;
        if (inOrder) {
            cut(data, last);
        } else {
            if (data != null) {
                held.add(data);
            }
            if (last) {
                cutHeld();
            }
        }
    }

    private static void release(@Nullable ReferenceCounted chunk) {
        if (chunk != null) {
            chunk.release();
        }
    }

    private void cut(@Nullable ByteBuf data, boolean last) {
        if (data != null) {
            long start = position;
            position += data.readableBytes();
            try {
                while (current < ranges.count() && ranges.start(current) < position) {
                    long from = Math.max(ranges.start(current), start);
                    long to = Math.min(ranges.end(current), position);
                    boolean whole = ranges.end(current) <= position;
                    if (from < to) {
                        partHead();
                        send(data.retainedSlice(data.readerIndex() + (int) (from - start), (int) (to - from)));
                    }
                    if (!whole) {
                        break;
                    }
                    current++;
                    headSent = false;
                }
            } finally {
                data.release();
            }
        }
        if (!last) {
            return;
        }
        if (current == ranges.count()) {
            end();
        } else {
            // the entity was shorter than it said: the client must see that
            ended = true;
            exchange.responder().abort();
        }
    }

    private void cutHeld() {
        for (; current < ranges.count(); current++) {
            headSent = false;
            partHead();
            long offset = 0;
            for (ByteBuf data : held) {
                long from = Math.max(ranges.start(current), offset);
                long to = Math.min(ranges.end(current), offset + data.readableBytes());
                if (from < to) {
                    send(data.retainedSlice(data.readerIndex() + (int) (from - offset), (int) (to - from)));
                }
                offset += data.readableBytes();
            }
        }
        close();
        end();
    }

    private void partHead() {
        if (headSent || ranges.count() == 1) {
            return;
        }
        headSent = true;
        Bytes text = exchange.worker().takeScratch();
        ranges.appendPartHead(current, text);
        send(buffer(text));
    }

    private void end() {
        ended = true;
        ByteBuf boundary = null;
        if (ranges.count() > 1) {
            Bytes text = exchange.worker().takeScratch();
            ranges.appendLastBoundary(text);
            boundary = buffer(text);
        }
        exchange.responder().takeFrom(next, boundary, true);
    }

    private ByteBuf buffer(Bytes text) {
        ByteBuf data = exchange.worker().allocator().directBuffer(text.length());
        text.copyTo(data);
        exchange.worker().giveBackScratch(text);
        return data;
    }

    private void send(ByteBuf data) {
        exchange.responder().takeFrom(next, data, false);
    }

    @Override
    public void close() {
        while (!held.isEmpty()) {
            held.poll().release();
        }
    }
}
