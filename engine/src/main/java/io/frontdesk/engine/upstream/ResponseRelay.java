package io.frontdesk.engine.upstream;

import io.frontdesk.engine.core.Rates;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.Loans;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes a response's body to the client. While the client takes it, parts pass as they are. What a slow client can't take yet waits, when
 * responses are buffered: in memory up to {@code proxy_buffers}, then, unless the client catches up within a moment, in a temporary file up
 * to {@code proxy_max_temp_file_size}, so that the upstream is free early; beyond that, or without buffering, the upstream is not read on.
 * What a read may bring is bounded by what there is a place for. Owned by an upstream exchange and reused.
 */
final class ResponseRelay implements Loans.Borrower {
    /** How long a client may leave the buffers full before its rest goes to the disk: most clients are only a moment late. */
    private static final long PATIENCE_MILLIS = 50;
    /** How often a client is given more before others have their turn. */
    private static final int MAX_ROUNDS = 16;
    /** What a read may bring where a file takes what the client doesn't. */
    private static final int LARGE_READ_BYTES = 256 * 1024;
    private static final int MAX_READ_BYTES = 64 * 1024;
    private static final int MIN_READ_BYTES = 4 * 1024;

    private final UpstreamExchange owner;
    private final Worker worker;
    private final WaitingParts waiting;
    private final Deadline patience;
    private @Nullable Deadline nextSecond;
    private @Nullable Exchange exchange;
    private boolean buffering;
    private int memoryLimit;
    private int headRoom;
    private boolean full;
    private boolean clientIsSlow;
    private boolean lastSeen;
    private boolean pumping;
    private int serial;
    private long rate;
    private long startMillis;
    private long passed;

    ResponseRelay(UpstreamExchange owner, Worker worker) {
        this.owner = owner;
        this.worker = worker;
        this.waiting = new WaitingParts(worker);
        this.patience = new Deadline(worker.wheel(), d -> patienceEnded());
    }

    void begin(Exchange ex, UpstreamSettings settings, boolean buffers) {
        exchange = ex;
        serial++;
        buffering = buffers;
        memoryLimit = settings.buffersBytes;
        headRoom = settings.bufferSize;
        full = false;
        clientIsSlow = false;
        lastSeen = false;
        passed = 0;
        rate = buffers ? Rates.evaluate(settings.limitRate, ex) : 0;
        startMillis = rate > 0 ? worker.clock().millis() : 0;
        waiting.begin(settings.tempFolder, buffers && rate == 0 ? settings.maxTempFileBytes : 0);
    }

    /** How much the next read may bring at most. */
    int readLimit() {
        return waiting.usesFile()
                ? LARGE_READ_BYTES
                : Math.max(MIN_READ_BYTES, Math.min(MAX_READ_BYTES, memoryLimit));
    }

    /** Whether the upstream must not be read on; {@link UpstreamExchange#relayHasRoom} tells the end of it. */
    boolean isFull() {
        full = isFullNow();
        return full;
    }

    private boolean isFullNow() {
        if (waiting.isEmpty()) {
            return !buffering && !exchange().responder().isWritable();
        }
        if (!buffering || rate > 0) {
            return true;
        }
        if (!waiting.usesFile()) {
            return waiting.memoryBytes() + readLimit() > memoryLimit + headRoom;
        }
        return clientIsSlow ? !waiting.fileHasRoom() : waiting.memoryBytes() >= memoryLimit;
    }

    // ---- what comes from the upstream

    /** Reads a part that is not the last; it is lent. */
    void read(ByteBuf in, int offset, int length) {
        Exchange ex = exchange;
        if (ex == null) {
            return;
        }
        int done = pass(ex, in, offset, length, false);
        if (done < length && exchange == ex) {
            keep(ex, in, offset + done, length - done);
            pace();
        }
    }

    /** Reads the last part, which may be empty; it is lent. */
    void end(ByteBuf in, int offset, int length) {
        Exchange ex = exchange;
        if (ex == null) {
            return;
        }
        if (length == 0) {
            end();
            return;
        }
        int done = pass(ex, in, offset, length, true);
        if (done < length && exchange == ex) {
            lastSeen = true;
            keep(ex, in, offset + done, length - done);
            pace();
        }
    }

    /** No more is at hand for now: what came goes out, in a stream to the last byte. */
    void readComplete() {
        Exchange ex = exchange;
        if (ex != null && !buffering && waiting.isEmpty()) {
            ex.responder().flush();
        } else {
            owner.exchange().stream().flush();
        }
    }

    /** The body has ended. */
    void end() {
        if (!waiting.isEmpty()) {
            lastSeen = true;
            pace();
            return;
        }
        Exchange ex = exchange();
        exchange = null;
        ex.responder().takeBody(null, true);
    }

    private void pace() {
        if (rate > 0 && !pumping) {
            clientWritable();
        }
    }

    /** Passes on what the client can take of a part, and the rate allows; gives how much. Afterwards the exchange may be over. */
    private int pass(Exchange ex, ByteBuf in, int offset, int length, boolean last) {
        if (!waiting.isEmpty()) {
            return 0;
        }
        int done = 0;
        while (done < length) {
            int n = (int) Math.min(Math.min(length - done, room(ex)), allowed());
            if (n <= 0 || exchange != ex) {
                break;
            }
            boolean ends = last && done + n == length;
            if (ends) {
                exchange = null;
            }
            passed += n;
            ex.responder().readBody(in, offset + done, n, ends);
            done += n;
            if (exchange != ex) {
                break;
            }
        }
        return done;
    }

    /**
     * How much the client can take. It counts as full by what was written, sent or not, so that is sent first: what waits behind bytes that
     * nobody sends would wait for ever. Sending may find the client gone, and then there is no exchange any more.
     */
    private int room(Exchange ex) {
        int room = ex.stream().room();
        if (room > 0) {
            return room;
        }
        boolean before = pumping;
        pumping = true;
        try {
            ex.stream().flush();
        } finally {
            pumping = before;
        }
        return exchange == ex ? ex.stream().room() : 0;
    }

    /** Finds a place for what the client can't take. */
    private void keep(Exchange ex, ByteBuf in, int offset, int length) {
        if (waiting.isInFile() || clientIsSlow && waiting.fileHasRoom()) {
            waiting.write(ex, in, offset, length);
        } else if (!waiting.usesFile() || waiting.memoryBytes() + length <= memoryLimit) {
            waiting.copy(in, offset, length);
        } else {
            waiting.lend(in, offset, length);
            worker.loans().add(this);
            if (!patience.armed()) {
                patience.arm(PATIENCE_MILLIS);
            }
        }
    }

    private void patienceEnded() {
        Exchange ex = exchange;
        if (ex == null || waiting.isEmpty()) {
            return;
        }
        clientIsSlow = true;
        waiting.spill(ex);
        if (full && !isFull()) {
            owner.relayHasRoom();
        }
    }

    @Override
    public void settle() {
        if (!waiting.isLent()) {
            return;
        }
        Exchange ex = exchange;
        if (ex == null) {
            waiting.settle();
            return;
        }
        patience.disarm();
        clientIsSlow = true;
        waiting.spill(ex);
        if (full) {
            // somebody else's read is going on
            patience.arm(0);
        }
    }

    // ---- what goes to the client

    /** nginx: the rate times the seconds so far, the one that runs included, less what passed. */
    private long allowed() {
        if (rate == 0) {
            return Long.MAX_VALUE;
        }
        return rate * ((worker.clock().millis() - startMillis) / 1000 + 1) - passed;
    }

    private void awaitNextSecond() {
        Deadline d = nextSecond;
        if (d == null) {
            d = new Deadline(worker.wheel(), expired -> clientWritable());
            nextSecond = d;
        }
        d.arm(1000 - (worker.clock().millis() - startMillis) % 1000);
    }

    /** The client has room: gives it what waits. */
    void clientWritable() {
        Exchange ex = exchange;
        if (ex == null || pumping) {
            return;
        }
        pumping = true;
        try {
            for (int round = 0; round < MAX_ROUNDS; round++) {
                drain(ex);
                if (exchange != ex) {
                    return;
                }
                ex.stream().flush();
                if (exchange != ex) {
                    return;
                }
                if (!goesOn(ex)) {
                    break;
                }
            }
        } finally {
            pumping = false;
        }
        if (goesOn(ex)) {
            int mine = serial;
            worker.loop().execute(() -> {
                if (serial == mine) {
                    clientWritable();
                }
            });
        }
        if (waiting.isEmpty()) {
            clientIsSlow = false;
            patience.disarm();
        }
        if (full && !isFull()) {
            owner.relayHasRoom();
        }
    }

    private boolean goesOn(Exchange ex) {
        return !waiting.isEmpty() && allowed() > 0 && ex.responder().isWritable();
    }

    private void drain(Exchange ex) {
        while (exchange == ex && ex.responder().isWritable()) {
            long allowed = allowed();
            if (allowed <= 0 && !waiting.isEmpty()) {
                awaitNextSecond();
                return;
            }
            ByteBuf next;
            try {
                next = waiting.next((int) Math.min(allowed, ex.stream().room()));
            } catch (IOException e) {
                ex.blame().log(FaultKind.DISK_FAILED, String.valueOf(e.getMessage()));
                owner.relayBroken();
                return;
            }
            if (next == null && !lastSeen) {
                return;
            }
            boolean last = lastSeen && waiting.isEmpty();
            if (last) {
                exchange = null;
            }
            if (next != null) {
                passed += next.readableBytes();
            }
            ex.responder().takeBody(next, last);
            if (last) {
                return;
            }
        }
    }

    /** The body breaks off: the client sees that more is missing. */
    void abort() {
        Exchange ex = exchange;
        if (ex != null) {
            exchange = null;
            ex.responder().abort();
        } else {
            owner.exchange().responder().abort();
        }
    }

    /** Forgets all that waits. */
    void release() {
        exchange = null;
        serial++;
        Deadline d = nextSecond;
        if (d != null) {
            d.release();
        }
        patience.release();
        waiting.clear();
    }

    private Exchange exchange() {
        Exchange ex = exchange;
        if (ex == null) {
            throw new IllegalStateException("nothing is passed on");
        }
        return ex;
    }
}
