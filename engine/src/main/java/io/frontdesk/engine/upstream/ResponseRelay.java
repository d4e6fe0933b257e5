package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.Rates;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Passes a response's body to the client. While the client takes it, parts pass as they are. What a slow client can't take yet waits, when
 * responses are buffered: in memory up to {@code proxy_buffers}, then, unless the client catches up within a moment, in a temporary file up
 * to {@code proxy_max_temp_file_size}, so that the upstream is free early; beyond that, or without buffering, the upstream is not read on. Owned by an upstream exchange and reused.
 */
final class ResponseRelay {
    private static final int FILE_BYTES = 32 * 1024;
    /** How long a client may leave the buffers full before its rest goes to the disk: most clients are only a moment late. */
    private static final long PATIENCE_MILLIS = 50;

    private final UpstreamExchange owner;
    private final Worker worker;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(0);
    private @Nullable Exchange exchange;
    private @Nullable TempFile file;
    private boolean buffering;
    private int memoryLimit;
    private long fileLimit;
    private String tempPath = "";
    private int waitingBytes;
    private long filePosition;
    private boolean full;
    private boolean clientIsSlow;
    private boolean lastSeen;
    private boolean draining;
    private long rate;
    private long startMillis;
    private long passed;
    private @Nullable Deadline nextSecond;
    private final Deadline patience;

    ResponseRelay(UpstreamExchange owner, Worker worker) {
        this.owner = owner;
        this.worker = worker;
        this.patience = new Deadline(worker.wheel(), d -> patienceEnded());
    }

    void begin(Exchange ex, UpstreamSettings settings, boolean buffers) {
        exchange = ex;
        buffering = buffers;
        memoryLimit = settings.buffersBytes;
        fileLimit = settings.maxTempFileBytes;
        tempPath = settings.tempPath;
        full = false;
        clientIsSlow = false;
        lastSeen = false;
        passed = 0;
        rate = buffers ? Rates.evaluate(settings.limitRate, ex) : 0;
        startMillis = rate > 0 ? worker.clock().millis() : 0;
    }

    /** Whether the upstream must not be read on; {@link UpstreamExchange#relayHasRoom} tells the end of it. */
    boolean isFull() {
        full = isWaiting() ? !hasRoom() : !buffering && !exchange().responder().isWritable();
        if (full && buffering && !clientIsSlow && rate == 0 && fileLimit > 0 && !patience.armed()) {
            patience.arm(PATIENCE_MILLIS);
        }
        return full;
    }

    private void patienceEnded() {
        if (exchange == null || !isWaiting()) {
            return;
        }
        clientIsSlow = true;
        if (full && !isFull()) {
            owner.relayHasRoom();
        }
    }

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

    private boolean hasRoom() {
        return buffering && rate == 0 && (waitingBytes < memoryLimit || clientIsSlow && fileLimit > fileBytes());
    }

    private long fileBytes() {
        TempFile f = file;
        return f == null ? 0 : f.length();
    }

    private boolean isWaiting() {
        return waitingBytes > 0 || isFileWaiting();
    }

    private boolean isFileWaiting() {
        TempFile f = file;
        return f != null && filePosition < f.length();
    }

    /** Reads a part that is not the last; it is lent. */
    void read(ByteBuf in, int offset, int length) {
        if (mayPass(length)) {
            passed += length;
            exchange().responder().readBody(in, offset, length, false);
        } else if (exchange != null) {
            keep(in.retainedSlice(offset, length));
            pace();
        }
    }

    /** Reads the last part, which may be empty; it is lent. */
    void end(ByteBuf in, int offset, int length) {
        if (length == 0) {
            end();
        } else if (mayPass(length)) {
            Exchange ex = exchange();
            exchange = null;
            ex.responder().readBody(in, offset, length, true);
        } else if (exchange != null) {
            lastSeen = true;
            keep(in.retainedSlice(offset, length));
            pace();
        }
    }

    /** The body has ended. */
    void end() {
        if (isWaiting()) {
            lastSeen = true;
            pace();
            return;
        }
        Exchange ex = exchange();
        exchange = null;
        ex.responder().takeBody(null, true);
    }

    private void pace() {
        if (rate > 0 && !draining) {
            clientWritable();
        }
    }

    /**
     * Whether a part need not wait. A client counts as full by what was written, sent or not, so that is sent first: what waits behind
     * bytes that nobody sends would wait for ever. Sending may find the client gone, and then there is no exchange any more.
     */
    private boolean mayPass(int bytes) {
        if (isWaiting() || bytes > allowed()) {
            return false;
        }
        Exchange ex = exchange();
        if (ex.responder().isWritable()) {
            return true;
        }
        boolean before = draining;
        draining = true;
        try {
            ex.stream().flush();
        } finally {
            draining = before;
        }
        return exchange == ex && ex.responder().isWritable();
    }

    private void keep(ByteBuf part) {
        if (!isFileWaiting() && (waitingBytes + part.readableBytes() <= memoryLimit || !mayUseFile(part))) {
            ByteBuf settled = SharedReceive.settle(part, worker.allocator());
            waiting.add(settled);
            waitingBytes += settled.readableBytes();
            return;
        }
        try {
            spool().append(part);
            part.release();
        } catch (IOException e) {
            // The disk is full: what came so far is sent on, the rest waits at the upstream.
            exchange().log(Severity.CRIT, String.valueOf(e.getMessage()));
            fileLimit = 0;
            ByteBuf settled = SharedReceive.settle(part, worker.allocator());
            if (isFileWaiting()) {
                settled.release();
                owner.relayBroken();
            } else {
                waiting.add(settled);
                waitingBytes += settled.readableBytes();
            }
        }
    }

    private boolean mayUseFile(ByteBuf part) {
        return buffering && clientIsSlow && rate == 0 && fileBytes() + part.readableBytes() <= fileLimit;
    }

    private TempFile spool() throws IOException {
        TempFile f = file;
        if (f == null) {
            f = TempFile.create(tempPath, false);
            file = f;
            filePosition = 0;
            exchange().log(Severity.WARN, "an upstream response is buffered to a temporary file " + f.path()
                    + Fault.READING);
        }
        return f;
    }

    /** The client has room: gives it what waits. */
    void clientWritable() {
        Exchange ex = exchange;
        if (ex == null || draining) {
            return;
        }
        draining = true;
        try {
            drain(ex);
        } finally {
            draining = false;
        }
        if (exchange == null) {
            return;
        }
        ex.stream().flush();
        if (!isWaiting()) {
            clientIsSlow = false;
            patience.disarm();
        }
        if (full && exchange != null && !isFull()) {
            owner.relayHasRoom();
        }
    }

    private void drain(Exchange ex) {
        while (exchange == ex && ex.responder().isWritable()) {
            long allowed = allowed();
            if (allowed <= 0 && isWaiting()) {
                awaitNextSecond();
                return;
            }
            ByteBuf next = next(allowed);
            if (next == null && !lastSeen) {
                return;
            }
            boolean last = lastSeen && !isWaiting();
            if (last) {
                exchange = null;
            }
            ex.responder().takeBody(next, last);
            if (last) {
                return;
            }
        }
    }

    private @Nullable ByteBuf next(long allowed) {
        ByteBuf first = waiting.peek();
        if (first != null) {
            if (first.readableBytes() > allowed) {
                first = first.readRetainedSlice((int) allowed);
            } else {
                waiting.poll();
            }
            waitingBytes -= first.readableBytes();
            passed += first.readableBytes();
            return first;
        }
        TempFile from = file;
        if (from == null || filePosition == from.length()) {
            return null;
        }
        int size = (int) Math.min(FILE_BYTES, from.length() - filePosition);
        ByteBuf part = worker.allocator().directBuffer(size);
        try {
            from.read(filePosition, part, size);
            filePosition += size;
            return part;
        } catch (IOException e) {
            part.release();
            exchange().log(Severity.CRIT, String.valueOf(e.getMessage()));
            owner.relayBroken();
            return null;
        }
    }

    /** The body breaks off: what waits is sent, and then the client sees that more is missing. */
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
        Deadline d = nextSecond;
        if (d != null) {
            d.release();
        }
        patience.release();
        ByteBuf next;
        while ((next = waiting.poll()) != null) {
            next.release();
        }
        waitingBytes = 0;
        TempFile f = file;
        if (f != null) {
            file = null;
            f.close();
        }
    }

    private Exchange exchange() {
        Exchange ex = exchange;
        if (ex == null) {
            throw new IllegalStateException("nothing is passed on");
        }
        return ex;
    }
}
