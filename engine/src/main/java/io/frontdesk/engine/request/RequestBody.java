package io.frontdesk.engine.request;

import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.core.CoreSettings.BodyFile;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. The stream hands in decoded parts; a handler asks for it whole (in memory, or beyond
 * {@code client_body_buffer_size} in a file) or as it comes. Owned by its exchange; loop of the exchange only.
 */
public final class RequestBody {
    /** Who gets the body. Loop of the exchange. */
    public interface Reader {
        /**
         * A part came.
         *
         * @param part owned by the callee; null when there is only the end
         */
        void takePart(@Nullable ByteBuf part, boolean last);

        /** No more parts are at hand for now. */
        default void partsTaken() {}

        /** The body cannot be had: {@code status} is 400, 408, 413, 499 or 500. */
        void bodyFailed(int status);
    }

    /** Told when the whole body is there. Loop of the exchange. */
    public interface Whole {
        /** All of it was read. */
        void bodyReady();

        /** The body cannot be had: {@code status} is 400, 408, 413, 499 or 500. */
        void bodyFailed(int status);
    }

    private enum State {
        NONE, UNREAD, WHOLE, STREAMED, DISCARDED, COMPLETE
    }

    private final Exchange exchange;
    private State state = State.NONE;
    private @Nullable Reader reader;
    private @Nullable Whole whole;
    private @Nullable ByteBuf memory;
    private @Nullable BodyFileSpool file;
    private long received;
    private boolean paused;
    private boolean ended;
    private boolean continueSent;
    private boolean keepsCopy;
    private boolean borrowed;
    private @Nullable Fields trailers;

    RequestBody(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Called by the stream for each request. */
    public void begin(boolean expected) {
        release();
        state = expected ? State.UNREAD : State.NONE;
        ended = !expected;
        received = 0;
        paused = false;
        continueSent = false;
        keepsCopy = false;
        trailers = null;
    }

    /** For a subrequest: has what was read of the body of the request around it, or none. */
    void borrow(@Nullable RequestBody from) {
        begin(false);
        if (from != null && from.isKept() && from.received > 0) {
            state = State.COMPLETE;
            received = from.received;
            memory = from.memory == null ? null : from.memory.retainedDuplicate();
            file = from.file;
            borrowed = true;
        }
    }

    /** Whether the request has a body at all. */
    public boolean isExpected() {
        return state != State.NONE;
    }

    /** Whether somebody has asked for it. */
    public boolean isRead() {
        return state != State.UNREAD && state != State.NONE;
    }

    /** Whether its last byte came in, or there is none. */
    public boolean hasEnded() {
        return ended;
    }

    /** Bytes that came in so far. */
    public long received() {
        return received;
    }

    /** Trailer fields behind a chunked body, or null. */
    public @Nullable Fields trailers() {
        return trailers;
    }

    /** Set by the stream with the last part. */
    public void trailers(Fields fields) {
        trailers = fields;
    }

    /** Asks for the whole body; {@code then} is called at once when there is none or it is there already. */
    public void readWhole(Whole then) {
        sendContinue();
        if (ended) {
            then.bodyReady();
            return;
        }
        state = State.WHOLE;
        whole = then;
        CoreSettings core = exchange.location().core();
        if (core.bodyInFileOnly() != BodyFile.OFF) {
            file = BodyFileSpool.open(exchange, core.bodyInFileOnly());
            if (file == null) {
                fail(500);
                return;
            }
        }
        exchange.stream().bodyDemandChanged(exchange);
    }

    /** Asks for the body as it comes. */
    public void stream(Reader to) {
        sendContinue();
        if (ended) {
            ByteBuf all = memory;
            to.takePart(all == null ? null : all.retainedDuplicate(), true);
            return;
        }
        state = State.STREAMED;
        keepsCopy = true;
        reader = to;
        exchange.stream().bodyDemandChanged(exchange);
    }

    /** Stops, or restarts, the parts of a streamed body. */
    public void pause(boolean value) {
        if (paused != value) {
            paused = value;
            exchange.stream().bodyDemandChanged(exchange);
        }
    }

    /** Says that the rest is thrown away as it comes. */
    public void discard() {
        if (!ended && state != State.NONE) {
            state = State.DISCARDED;
            // Who had no room for it will not have any more.
            paused = false;
            reader = null;
            whole = null;
            exchange.stream().bodyDemandChanged(exchange);
        }
    }

    /**
     * The answer goes out although nobody asked for the body: what came of it is thrown away, as the rest will be.
     *
     * @return the status to answer with instead where what came is malformed, otherwise 0
     */
    public int answerUnread() {
        if (exchange.request().expectsContinue() && !continueSent && received == 0) {
            // RFC 9110 §10.1.1: whether it still comes nobody can tell
            exchange.keepsAlive(false);
        }
        return exchange.stream().discardBody(exchange);
    }

    /** Says that the client shall not be asked for the body: no 100 is sent any more. */
    public void discardUnasked() {
        continueSent = true;
    }

    /** Whether the stream should decode what comes. */
    public boolean wantsMore() {
        return !ended && state != State.UNREAD && !paused;
    }

    /** Whether somebody gets it as it comes. */
    public boolean isStreamed() {
        return state == State.STREAMED;
    }

    /** Whether parts go nowhere. */
    public boolean isDiscarded() {
        return state == State.DISCARDED;
    }

    /** The body in memory, borrowed; null when it is empty or in a file. */
    public @Nullable ByteBuf memory() {
        return memory;
    }

    /** The body in a file, or null. */
    public @Nullable BodyFileSpool file() {
        return file;
    }

    /** The whole body's length in bytes. */
    public long length() {
        return received;
    }

    /** Called by the stream: a part came. The part is borrowed: what is kept is retained or copied here. */
    public void receive(ByteBuf part, boolean last) {
        received += part.readableBytes();
        long max = exchange.location().core().clientMaxBodySize();
        if (max > 0 && received > max && state != State.DISCARDED && exchange.request().contentLength() < 0) {
            exchange.log(io.frontdesk.config.Severity.ERROR,
                    "client intended to send too large chunked body: " + received + " bytes");
            fail(413);
            return;
        }
        if (last) {
            ended = true;
        }
        switch (state) {
            case STREAMED -> {
                keepCopy(part);
                Reader to = reader;
                if (to != null) {
                    to.takePart(part.isReadable() ? part.retain() : null, last);
                }
            }
            case WHOLE -> keep(part, last);
            default -> {
            }
        }
    }

    /** A small body stays at hand although it passes as it comes: for {@code $request_body}, and for another try. */
    private void keepCopy(ByteBuf part) {
        if (!keepsCopy) {
            return;
        }
        ByteBuf kept = memory;
        int size = kept == null ? 0 : kept.readableBytes();
        if (size + part.readableBytes() <= exchange.location().core().clientBodyBufferSize()) {
            store(part);
            return;
        }
        keepsCopy = false;
        if (kept != null) {
            memory = null;
            kept.release();
        }
    }

    /** Whether all of it is in memory or in a file, so that it can be sent any number of times. */
    public boolean isKept() {
        return ended && (received == 0 || memory != null && memory.readableBytes() == received || file != null);
    }

    /** Called by the stream when it has worked through what it had. */
    public void passEnded() {
        Reader to = reader;
        if (to != null && state == State.STREAMED && !ended) {
            to.partsTaken();
        }
    }

    private void keep(ByteBuf part, boolean last) {
        if (part.isReadable() && !store(part)) {
            fail(500);
            return;
        }
        if (last) {
            state = State.COMPLETE;
            Whole then = whole;
            whole = null;
            if (then != null) {
                then.bodyReady();
            }
        }
    }

    private boolean store(ByteBuf part) {
        CoreSettings core = exchange.location().core();
        BodyFileSpool spool = file;
        ByteBuf kept = memory;
        int size = kept == null ? 0 : kept.readableBytes();
        if (spool == null && size + part.readableBytes() > core.clientBodyBufferSize()) {
            spool = BodyFileSpool.open(exchange, BodyFile.OFF);
            file = spool;
            if (spool == null || kept != null && !spool.append(kept)) {
                return false;
            }
            if (kept != null) {
                kept.release();
                memory = null;
            }
        }
        if (spool != null) {
            return spool.append(part);
        }
        if (kept == null) {
            long length = exchange.request().contentLength();
            int capacity = (int) Math.max(256, Math.min(length < 0 ? 1024 : length, core.clientBodyBufferSize()));
            kept = exchange.worker().allocator().buffer(capacity);
            memory = kept;
        }
        kept.writeBytes(part, part.readerIndex(), part.readableBytes());
        return true;
    }

    /** Called by the stream when the body broke off, timed out or is malformed, and by ourselves. */
    public void fail(int status) {
        ended = status != 413 && ended;
        Reader to = reader;
        Whole then = whole;
        reader = null;
        whole = null;
        state = State.DISCARDED;
        paused = false;
        exchange.keepsAlive(false);
        if (to != null) {
            to.bodyFailed(status);
        } else if (then != null) {
            then.bodyFailed(status);
        }
    }

    private void sendContinue() {
        // RFC 9110 §10.1.1: the client may wait for it before it sends the body.
        if (!continueSent && exchange.request().expectsContinue() && received == 0) {
            exchange.stream().writeInterim(100, null);
        }
        continueSent = true;
    }

    /** Releases what is held. */
    void release() {
        if (memory != null) {
            memory.release();
            memory = null;
        }
        if (file != null) {
            if (!borrowed) {
                file.close();
            }
            file = null;
        }
        borrowed = false;
        reader = null;
        whole = null;
    }
}
