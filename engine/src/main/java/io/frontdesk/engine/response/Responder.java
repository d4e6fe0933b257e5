package io.frontdesk.engine.response;

import io.frontdesk.codec.http.Method;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.request.ContentState;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Subrequest;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * Takes a response through the filters of its location to the client's stream. A filter that does not want the body costs nothing on its
 * way. Owned by its exchange.
 */
public final class Responder {
    private static final Filter[] NO_FILTERS = new Filter[0];

    private final Exchange exchange;
    private Filter[] filters = NO_FILTERS;
    private long wantsBody;
    private @Nullable Object @Nullable [] states;
    private boolean ended;
    private int replacement;
    private long bodyBytes;
    private @Nullable Joint joint;
    private int holds;

    /** For one exchange. */
    public Responder(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Forgets all of the last response. */
    public void clear() {
        if (states != null) {
            for (int i = 0; i < states.length; i++) {
                if (states[i] instanceof AutoCloseable held) {
                    close(held);
                }
                states[i] = null;
            }
        }
        filters = NO_FILTERS;
        wantsBody = 0;
        ended = false;
        replacement = 0;
        bodyBytes = 0;
        joint = null;
        holds = 0;
    }

    private static void close(AutoCloseable held) {
        try {
            held.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the head through the filters and on. Nothing of the response's head may be changed afterwards. */
    public void sendHead() {
        if (exchange.response().headSent()) {
            throw new IllegalStateException("head was sent");
        }
        if (exchange.body().isExpected() && !exchange.body().isRead()) {
            int status = exchange.body().answerUnread();
            if (status != 0) {
                exchange.response().clear();
                replaceBy(status);
                replace();
                return;
            }
        }
        LocationPlan plan = exchange.location();
        filters = plan.filters();
        int first = 0;
        int end = filters.length;
        if (exchange.isSubrequest()) {
            first = plan.innerFilter();
            end = plan.outerFilter();
        }
        wantsBody = 0;
        if (exchange.errorStatus() != 0) {
            exchange.response().status(exchange.errorStatus());
        }
        for (int i = first; i < end; i++) {
            if (filters[i].head(exchange, i)) {
                wantsBody |= 1L << i;
            }
            if (replacement != 0) {
                replace();
                return;
            }
        }
        int status = exchange.response().status();
        if (status == 204 || status == 304 || status < 200 || exchange.isHead()
                || exchange.method() == Method.CONNECT && status < 300) {
            exchange.response().headOnly(true);
        }
        exchange.response().markHeadSent();
        exchange.stream().writeHead(exchange);
    }

    /**
     * For a filter's {@link Filter#head}: this response shall not go out, the request is answered by a status instead.
     * The handler is not told: what it still hands in is dropped, and it is released once it returns.
     */
    public void replaceBy(int status) {
        replacement = status;
    }

    private void replace() {
        exchange.response().headOnly(true);
        exchange.worker().loop().execute(this::finishReplaced);
    }

    private void finishReplaced() {
        int status = replacement;
        if (exchange.isDone() || status == 0) {
            return;
        }
        replacement = 0;
        wantsBody = 0;
        ended = false;
        exchange.content(null);
        exchange.response().headOnly(false);
        exchange.resume(exchange.finish(status));
    }

    /**
     * Sends a part of the body.
     *
     * @param chunk a ByteBuf or FileRegion, owned by the callee from here; null for none
     * @param last  whether the body ends with it; the exchange is complete once it is out
     */
    public void takeBody(@Nullable ReferenceCounted chunk, boolean last) {
        if (ended || replacement != 0) {
            if (chunk != null) {
                chunk.release();
            }
            return;
        }
        if (exchange.response().headOnly()) {
            if (chunk != null) {
                chunk.release();
            }
            if (last) {
                ended = true;
                exchange.stream().takeBody(exchange, null, true);
            }
            return;
        }
        if (last) {
            ended = true;
        }
        takeFrom(0, chunk, last);
    }

    /**
     * Sends a part of the body that is lent for the call: a small one is copied to where it is sent from, which costs less than to keep it.
     *
     * @param in where it lies; its reader index stays as it is
     */
    public void readBody(ByteBuf in, int offset, int length, boolean last) {
        if (wantsBody != 0 || ended || replacement != 0 || exchange.response().headOnly()) {
            takeBody(in.retainedSlice(offset, length), last);
            return;
        }
        if (last) {
            ended = true;
        }
        exchange.stream().readBody(exchange, in, offset, length, last);
    }

    /**
     * Where the whole body of {@code count} bytes can be written at once instead of being handed in, once the head was sent; null when it
     * can't, as a filter wants to see it, say. Not the caller's, who writes all and says so by {@link #wroteBody}, or leaves nothing there.
     */
    public @Nullable ByteBuf bodyRoom(int count) {
        return wantsBody != 0 || ended || replacement != 0 || exchange.response().headOnly()
                ? null
                : exchange.stream().bodyRoom(exchange, count);
    }

    /** The whole body was written to what {@link #bodyRoom} gave. */
    public void wroteBody(int count) {
        ended = true;
        exchange.stream().wroteBody(exchange, count);
    }

    /** For filters: hands a part to the first filter from {@code index} on that wants it, or to the stream. */
    public void takeFrom(int index, @Nullable ReferenceCounted chunk, boolean last) {
        long rest = index >= 64 ? 0 : wantsBody >>> index;
        if (rest == 0) {
            exchange.stream().takeBody(exchange, chunk, last);
            return;
        }
        int next = index + Long.numberOfTrailingZeros(rest);
        filters[next].body(exchange, next, chunk, last);
    }

    /** Sends all that was handed in, what filters keep back to gather more included. */
    public void flush() {
        for (long rest = ended || replacement != 0 ? 0 : wantsBody; rest != 0; rest &= rest - 1) {
            int next = Long.numberOfTrailingZeros(rest);
            filters[next].flush(exchange, next);
        }
        exchange.stream().flush();
    }

    /** A subrequest's output shall come behind what was handed in so far; the location has a {@link JoinFilter}. */
    public Joint join(Subrequest inside) {
        Joint j = joint;
        if (j == null) {
            int index = exchange.location().jointFilter();
            if (index < 0 || !exchange.response().headSent()) {
                throw new IllegalStateException("no place for a subrequest's output");
            }
            j = new Joint(exchange, index);
            joint = j;
            state(index, j);
            wantsBody |= 1L << index;
        }
        j.add(inside);
        return j;
    }

    /** Sends a whole answer of one chunk (which may be null). */
    public void answer(@Nullable ReferenceCounted chunk) {
        sendHead();
        takeBody(chunk, true);
    }

    /** Whether the last part was handed in. */
    public boolean isEnded() {
        return ended;
    }

    /** Ends a response short: the client sees that it is incomplete. */
    public void abort() {
        ended = true;
        exchange.stream().abort(exchange);
    }

    /** Whether the producer may go on; {@link ContentState#clientWritable} is called when it may again. */
    public boolean isWritable() {
        return holds == 0 && exchange.stream().isWritable();
    }

    /** For filters: the producer must stop, whatever the stream says, until {@link #letGo} was called as often. */
    public void hold() {
        holds++;
    }

    /** Ends a {@link #hold}. */
    public void letGo() {
        if (--holds == 0) {
            writable();
        }
    }

    /** The stream has room. */
    public void writable() {
        Joint j = joint;
        if (j != null) {
            j.writable();
        }
        ContentState content = exchange.content();
        if (content != null && !ended) {
            content.clientWritable();
        }
    }

    /** What filter {@code index} keeps for this exchange, or null; an AutoCloseable is closed at the end. */
    public @Nullable Object state(int index) {
        return states == null || index >= states.length ? null : states[index];
    }

    /** What a filter of this kind keeps for this exchange, or null. */
    public <T> @Nullable T state(Class<T> type) {
        @Nullable
        Object[] all = states;
        if (all != null) {
            for (Object state : all) {
                if (type.isInstance(state)) {
                    return type.cast(state);
                }
            }
        }
        return null;
    }

    /** Sets what filter {@code index} keeps. */
    public void state(int index, @Nullable Object value) {
        @Nullable
        Object[] s = states;
        if (s == null || s.length <= index) {
            @Nullable
            Object[] grown = new @Nullable Object[Math.max(8, index + 1)];
            if (s != null) {
                System.arraycopy(s, 0, grown, 0, s.length);
            }
            states = grown;
            s = grown;
        }
        s[index] = value;
    }

    /** Body bytes that went to the client as content, framing not counted ({@code $body_bytes_sent}). */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** Counts body bytes: the stream does. */
    public void countBody(long bytes) {
        bodyBytes += bytes;
    }
}
