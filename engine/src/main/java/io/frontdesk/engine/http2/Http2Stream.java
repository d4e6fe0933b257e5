package io.frontdesk.engine.http2;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http2.ErrorCode;
import io.frontdesk.codec.http2.FrameType;
import io.frontdesk.engine.client.PacedSender;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.request.ClientStream;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One stream: a request and its answer. Content goes out as far as the windows of the stream and of the connection, and the socket, let
 * it; what may not go out waits here, and the producer is told to stop. Owned by its connection, and used again for other streams.
 */
final class Http2Stream implements ClientStream, PacedSender.Sink {
    private final Http2Connection connection;
    private final Http2Output output;
    private final Worker worker;
    private final StreamAddress address;
    private final RequestHead head = new RequestHead();
    private final Exchange exchange;
    private final StreamBody body;
    private final Deadline sendDeadline;
    private final PacedSender paced;
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>(4);
    @Nullable
    Http2Stream next;
    private int id;
    private long window;
    private int chunkBytes;
    private long queuedBytes;
    private long sentBytes;
    private long sentAtLastCheck;
    private boolean lastSeen;
    /** Nothing more goes out: the stream was ended by us, or reset by either side. */
    private boolean outputEnded;
    private boolean reset;
    private boolean over;
    private boolean waits;
    private boolean malformed;
    private boolean blocked;
    private @Nullable Snapshot entered;

    Http2Stream(Http2Connection connection, Worker worker) {
        this.connection = connection;
        this.worker = worker;
        this.output = connection.output();
        this.address = new StreamAddress(connection.ends());
        this.exchange = new Exchange(worker, address, this, head);
        this.body = new StreamBody(this, connection, worker);
        this.sendDeadline = new Deadline(worker.wheel(), d -> connection.guarded(this::sendTimedOut));
        this.paced = new PacedSender(this, worker);
    }

    /** A new stream begins with its HEADERS frame. */
    void open(int number, long sendWindow, int requestNumber, Snapshot on) {
        id = number;
        window = sendWindow;
        queuedBytes = 0;
        sentBytes = 0;
        lastSeen = false;
        outputEnded = false;
        reset = false;
        over = false;
        malformed = false;
        blocked = false;
        address.begin(requestNumber);
        paced.begin();
        on.enter(worker.index());
        entered = on;
        worker.counts().beginRequest();
    }

    /** The head is whole, or broken, and the server is known. */
    void begin(Snapshot on, ServerPlan server, long startMillis) {
        exchange.begin(on, server);
        exchange.startMillis(startMillis);
        worker.counts().beginAnswer();
    }

    int id() {
        return id;
    }

    RequestHead head() {
        return head;
    }

    Exchange exchange() {
        return exchange;
    }

    StreamBody body() {
        return body;
    }

    boolean isOver() {
        return over;
    }

    /** The request breaks a rule of HTTP/2: RFC 9113 §8.1.1 lets it be answered before it is reset. */
    void markMalformed() {
        malformed = true;
    }

    boolean isMalformed() {
        return malformed;
    }

    // ---- the answer

    @Override
    public void writeHead(Exchange ex) {
        if (outputEnded) {
            return;
        }
        Response response = ex.response();
        Http2Chunks chunks = ex.location().attachment(Http2Chunks.class);
        chunkBytes = chunks == null ? Http2Chunks.DEFAULT_BYTES : chunks.bytes();
        boolean last = response.headOnly() || response.contentLength() == 0 && response.trailers() == null;
        Bytes block = worker.takeScratch();
        try {
            Http2Head.write(ex, output.blocks(), block);
            sentBytes += output.headers(id, block, last);
        } finally {
            worker.giveBackScratch(block);
        }
        outputEnded = last;
    }

    @Override
    public void writeInterim(int status, @Nullable Fields fields) {
        if (outputEnded || status == 100) {
            return;
        }
        Bytes block = worker.takeScratch();
        try {
            output.blocks().begin(block);
            output.blocks().status(status, block);
            if (fields != null) {
                Http2Head.fields(fields, output.blocks(), block);
            }
            sentBytes += output.headers(id, block, false);
        } finally {
            worker.giveBackScratch(block);
        }
        output.flushLater();
    }

    @Override
    public void takeBody(Exchange ex, @Nullable ReferenceCounted chunk, boolean last) {
        if (over) {
            if (chunk != null) {
                chunk.release();
            }
            return;
        }
        long rate = ex.limitRate();
        if (rate > 0 && !outputEnded && (chunk != null || paced.isActive())) {
            paced.take(ex, chunk, last, rate, ex.limitRateAfter());
            return;
        }
        send(ex, chunk, last);
    }

    @Override
    public void send(Exchange ex, @Nullable ReferenceCounted chunk, boolean last) {
        if (chunk != null) {
            ByteBuf part = (ByteBuf) chunk;
            int size = part.readableBytes();
            if (over || outputEnded || size == 0) {
                part.release();
            } else {
                ex.responder().countBody(size);
                queue.add(part);
                queuedBytes += size;
            }
        }
        if (over) {
            return;
        }
        lastSeen |= last;
        if (outputEnded) {
            if (last) {
                output.flushLater();
                ended();
            }
            return;
        }
        write();
        if (last) {
            output.flushLater();
        }
    }

    /** Writes as much as the windows and the socket let out. */
    private void write() {
        while (!outputEnded) {
            ByteBuf first = queue.peek();
            if (first == null) {
                if (lastSeen) {
                    writeEnd();
                }
                break;
            }
            int most = (int) Math.min(Math.min(window, output.window()), Math.min(chunkBytes, output.maxFrame()));
            if (most <= 0 || !output.isWritable()) {
                block();
                return;
            }
            int length = (int) Math.min(most, queuedBytes);
            boolean last = lastSeen && length == queuedBytes && exchange.response().trailers() == null;
            output.dataHead(id, length, last);
            connection.countSent(length, last);
            window -= length;
            queuedBytes -= length;
            sentBytes += length + FrameType.HEAD_BYTES;
            outputEnded = last;
            writeParts(length);
        }
        blocked = false;
        sendDeadline.disarm();
        if (outputEnded) {
            ended();
        }
    }

    private void writeParts(int length) {
        int left = length;
        while (left > 0) {
            ByteBuf part = queue.element();
            int now = Math.min(left, part.readableBytes());
            output.content(part, now);
            left -= now;
            if (!part.isReadable()) {
                queue.remove();
                part.release();
            }
        }
    }

    private void writeEnd() {
        Fields trailers = exchange.response().trailers();
        if (trailers == null) {
            output.end(id);
            sentBytes += FrameType.HEAD_BYTES;
        } else {
            Bytes block = worker.takeScratch();
            try {
                output.blocks().begin(block);
                Http2Head.fields(trailers, output.blocks(), block);
                sentBytes += output.headers(id, block, true);
            } finally {
                worker.giveBackScratch(block);
            }
        }
        outputEnded = true;
    }

    private void block() {
        output.flushLater();
        if (window > 0) {
            output.await(this);
        }
        if (!blocked) {
            blocked = true;
            sentAtLastCheck = sentBytes;
            sendDeadline.arm(exchange.location().core().sendTimeoutMillis());
        }
    }

    boolean isWaiting() {
        return waits;
    }

    void waits(boolean value) {
        waits = value;
    }

    /** The turn of a stream that waited for the connection. */
    void turn() {
        if (over) {
            return;
        }
        write();
        tellWritable();
        output.flushLater();
    }

    private void tellWritable() {
        if (!over && isWritable()) {
            exchange.onWritable();
        }
    }

    /** The client takes more of this stream, or, by a change of settings, less; false when the window would be too large. */
    boolean widen(long increment) {
        if (window + increment > FrameType.LARGEST_WINDOW) {
            return false;
        }
        boolean wasShut = window <= 0;
        window += increment;
        if (wasShut && window > 0 && !waits) {
            turn();
        }
        return true;
    }

    @Override
    public @Nullable FileRegion region(Exchange ex, io.frontdesk.net.file.OpenFile file, long position, long count) {
        return null;
    }

    @Override
    public void flush() {
        output.flushLater();
    }

    @Override
    public boolean isWritable() {
        if (outputEnded || over) {
            return true;
        }
        if (queuedBytes > 0 || paced.isActive()) {
            return false;
        }
        if (window <= 0 || output.window() <= 0 || !output.isWritable()) {
            block();
            return false;
        }
        return true;
    }

    @Override
    public int room() {
        return isWritable() ? (int) Math.max(1024, Math.min(ROOM_BYTES, Math.min(window, output.window()))) : 0;
    }

    @Override
    public long pendingBytes() {
        return queuedBytes + output.pendingBytes();
    }

    @Override
    public long bytesSent() {
        return sentBytes;
    }

    @Override
    public void pacedDrained() {
        tellWritable();
    }

    private void sendTimedOut() {
        if (over || !blocked) {
            return;
        }
        if (queuedBytes == 0 && isWritable()) {
            blocked = false;
            return;
        }
        if (sentBytes != sentAtLastCheck) {
            sentAtLastCheck = sentBytes;
            sendDeadline.arm(exchange.location().core().sendTimeoutMillis());
            return;
        }
        exchange.blame().log(FaultKind.CLIENT_TIMEOUT,
                "client timed out (110: Connection timed out) while sending to client");
        resetBy(ErrorCode.PROTOCOL_ERROR);
        gone();
    }

    // ---- the end

    @Override
    public void abort(Exchange ex) {
        if (!over) {
            resetBy(ErrorCode.INTERNAL_ERROR);
            ended();
        }
    }

    @Override
    public void closeWithoutAnswer(Exchange ex) {
        if (!over) {
            resetBy(ex.response().status() == 408 ? ErrorCode.PROTOCOL_ERROR : ErrorCode.INTERNAL_ERROR);
            ended();
        }
    }

    /** Tells the client that the stream is over, once. */
    void resetBy(int code) {
        if (!reset && !outputEnded) {
            connection.writeReset(id, code);
        }
        reset = true;
        outputEnded = true;
        dropQueue();
    }

    /** The client reset the stream. */
    void resetByClient() {
        reset = true;
        body.inputEnds();
        outputEnded = true;
        dropQueue();
        gone();
    }

    /** Nobody waits for the answer any more. */
    void gone() {
        outputEnded = true;
        dropQueue();
        paced.begin();
        if (over) {
            return;
        }
        Exchange ex = exchange;
        if (!ex.response().headSent() && ex.response().status() == 0) {
            ex.response().status(499);
            ex.blame().on(FaultKind.CLIENT_CLOSED);
        }
        ex.clientGone();
        if (!over && !ex.body().hasEnded()) {
            ex.body().fail(499);
        }
        if (over) {
            return;
        }
        if (ex.upstream() == null) {
            // whoever waits for room would wait for ever
            finish();
        } else {
            ex.onWritable();
        }
    }

    private void dropQueue() {
        ByteBuf part;
        while ((part = queue.poll()) != null) {
            part.release();
        }
        queuedBytes = 0;
        blocked = false;
        sendDeadline.disarm();
    }

    private void ended() {
        if (over) {
            return;
        }
        if (exchange.hasBackground() && !exchange.isClientGone()) {
            // nginx: the request is over, and logged, when all that it led to is
            exchange.afterBackground(this::ended);
            return;
        }
        finish();
    }

    /** The exchange is over, whatever became of it. */
    void finish() {
        if (over) {
            return;
        }
        over = true;
        dropQueue();
        paced.begin();
        boolean answered = exchange.response().headSent() && !reset;
        exchange.complete();
        body.release();
        if (!reset && malformed) {
            connection.writeReset(id, ErrorCode.PROTOCOL_ERROR);
        } else if (!reset && !body.hasInputEnded()) {
            connection.lateResets().add(id);
        }
        Snapshot on = entered;
        entered = null;
        if (on != null) {
            on.leave(worker.index());
            worker.counts().endAnswer();
        }
        connection.streamOver(this, answered && !malformed);
    }

    /** A head that was refused before it led to an exchange: as if it had not been. */
    void forget() {
        over = true;
        Snapshot on = entered;
        entered = null;
        if (on != null) {
            on.leave(worker.index());
            worker.counts().dropRequest();
        }
    }

    /** The connection lets go of the object. */
    void close() {
        sendDeadline.release();
        body.close();
    }

    // ---- the request's body

    @Override
    public void bodyDemandChanged(Exchange ex) {
        body.demandChanged();
    }

    @Override
    public int discardBody(Exchange ex) {
        ex.body().discard();
        return body.refusal();
    }

    // ---- tunnels: HTTP/2 has none here (RFC 8441 is not offered)

    @Override
    public void startTunnel(Exchange ex, TunnelEnd end) {
        throw new IllegalStateException("a tunnel on a stream");
    }

    @Override
    public void writeTunnel(ByteBuf data) {
        data.release();
    }

    @Override
    public void readTunnel(boolean reads) {
        // there is none
    }

    @Override
    public void endTunnel() {
        // there is none
    }
}
