package io.frontdesk.engine.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.client.PacedSender;
import io.frontdesk.engine.client.SendTimeout;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.ClientStream;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.worker.Loans;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.file.FileRange;
import io.frontdesk.net.file.OpenFile;
import io.frontdesk.net.loop.LaterSend;
import io.frontdesk.net.loop.SharedReceive;
import io.frontdesk.net.loop.Writes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way back on an HTTP/1 connection: head and first body bytes go out in one send, the body by length, in chunks or until close. Owned
 * by its connection.
 */
final class Http1Output
        implements
            ClientStream,
            PacedSender.Sink,
            Loans.Borrower,
            LaterSend.Owner,
            SendTimeout.Watched {
    /** A body above this is left where it was received, and its head copied in front of it, when that can be. */
    private static final int IN_PLACE_BYTES = 1024;
    /** So much may always be handed in to a channel that is not full. */
    private static final int MIN_ROOM_BYTES = 1024;

    private final Http1Connection connection;
    private final Worker worker;
    private final Channel channel;
    private final ChannelQueue queue;
    private final SendTimeout sendTimeout;
    private final PacedSender paced;
    /** Null where what is sent goes through the channel alone. */
    private final @Nullable LaterSend later;
    private final Gathering gathering;
    private boolean chunked;
    private boolean keepsAlive;
    private boolean completing;
    private boolean open;
    private boolean settling;
    private int ends;

    Http1Output(Http1Connection connection, Worker worker, Channel channel) {
        this.connection = connection;
        this.worker = worker;
        this.channel = channel;
        this.queue = new ChannelQueue(channel);
        this.gathering = new Gathering(worker, channel, queue);
        this.sendTimeout = new SendTimeout(worker.wheel(), this);
        this.paced = new PacedSender(this, worker);
        this.later = LaterSend.of(worker.loop(), channel, this);
    }

    /** A new exchange begins. */
    void begin() {
        chunked = false;
        completing = false;
        open = true;
        queue.begin();
        gathering.begin();
        paced.begin();
    }

    boolean isCompleting() {
        return completing;
    }

    @Override
    public long bytesSent() {
        return gathering.bytes();
    }

    @Override
    public void writeHead(Exchange ex) {
        Response response = ex.response();
        if (connection.isHttp09()) {
            keepsAlive = false;
            return;
        }
        boolean bodyFollows = !response.headOnly();
        if (response.trailers() != null && bodyFollows && connection.isHttp11() && ex.location().core().chunks()) {
            // RFC 9112 §7.1.2: trailers come behind chunks only
            response.contentLength(-1);
        }
        chunked = bodyFollows && response.contentLength() < 0 && connection.isHttp11() && ex.location().core().chunks();
        keepsAlive = ex.keepsAlive() && !worker.isQuitting() && !worker.isMemoryTight()
                && (!bodyFollows || response.contentLength() >= 0 || chunked || response.status() == 101);
        Bytes head = worker.takeScratch();
        try {
            ResponseHeadWriter.write(ex, chunked, keepsAlive, head);
            long rate = response.status() == 101 ? 0 : ex.limitRate();
            if (rate > 0 && !paced.countsHead(ex, head.length(), rate, ex.limitRateAfter())) {
                paced.takeHead(ex, worker.allocator().directBuffer(head.length()).writeBytes(head.array(), 0,
                        head.length()));
            } else {
                gathering.append(head.array(), 0, head.length());
            }
        } finally {
            worker.giveBackScratch(head);
        }
    }

    @Override
    public void takeBody(Exchange ex, @Nullable ReferenceCounted chunk, boolean last) {
        long rate = ex.limitRate();
        if (open && rate > 0 && (chunk != null || paced.isActive())) {
            paced.take(ex, chunk, last, rate, ex.limitRateAfter());
            return;
        }
        send(ex, chunk, last);
    }

    @Override
    public void readBody(Exchange ex, ByteBuf in, int offset, int length, boolean last) {
        if (last && endsInPlace(ex, in, offset, length)) {
            return;
        }
        if (!open || length > Gathering.PART_BYTES || length == 0 || isPaced(ex)) {
            // what is sent at a rate waits for long, and a whole buffer would wait with it
            boolean waits = open && length > 0 && isPaced(ex);
            takeBody(ex, waits
                    ? worker.allocator().directBuffer(length).writeBytes(in, offset, length)
                    : in.retainedSlice(offset, length), last);
            return;
        }
        ex.responder().countBody(length);
        if (chunked) {
            chunkHead(length);
        }
        gathering.copy(in, offset, length);
        if (chunked) {
            gathering.append(ChunkFraming.CRLF, 0, ChunkFraming.CRLF.length);
        }
        if (last) {
            end(ex);
        }
    }

    @Override
    public @Nullable ByteBuf bodyRoom(Exchange ex, int count) {
        return open && !chunked && !isPaced(ex) ? gathering.room(count) : null;
    }

    @Override
    public void wroteBody(Exchange ex, int count) {
        gathering.wrote(count);
        ex.responder().countBody(count);
        end(ex);
    }

    /** Whether the body goes out at a rate. */
    private boolean isPaced(Exchange ex) {
        return ex.limitRate() > 0 || paced.isActive();
    }

    /** Writes a part now, framed. */
    @Override
    public void send(Exchange ex, @Nullable ReferenceCounted chunk, boolean last) {
        if (!open) {
            if (chunk != null) {
                chunk.release();
            }
            return;
        }
        if (chunk != null) {
            long size = ChannelQueue.size(chunk);
            ex.responder().countBody(size);
            if (size == 0) {
                chunk.release();
            } else if (last && chunk instanceof ByteBuf body && endsAtOnce(ex, body)) {
                return;
            } else {
                if (chunked) {
                    chunkHead(size);
                }
                gathering.take(chunk, size);
                if (chunked) {
                    gathering.append(ChunkFraming.CRLF, 0, ChunkFraming.CRLF.length);
                }
            }
        }
        if (last) {
            end(ex);
        }
    }

    private void end(Exchange ex) {
        if (chunked && !ex.response().headOnly()) {
            chunksEnd(ex.response().trailers());
        }
        completing = true;
        LaterSend send = pastChannel(ex);
        if (send != null && gathering.gatheredBytes() > 0) {
            send.ask();
            return;
        }
        flush();
        endWhenSent();
    }

    /** Sends what is gathered, and the large rest of the answer behind it, when nothing waits before them; says whether it did. */
    private boolean endsAtOnce(Exchange ex, ByteBuf body) {
        if (chunked || gathering.gatheredBytes() == 0 || body.readableBytes() <= Gathering.PART_BYTES
                || !body.hasMemoryAddress()) {
            return false;
        }
        LaterSend send = pastChannel(ex);
        if (send == null) {
            return false;
        }
        completing = true;
        gathering.sendNow(send, body);
        return true;
    }

    /** Writes what is gathered in front of the body, where that was received, and sends both as the turn ends; says whether it will. */
    private boolean endsInPlace(Exchange ex, ByteBuf in, int offset, int length) {
        int headBytes = gathering.gatheredBytes();
        if (headBytes == 0 || headBytes > offset || chunked || length <= IN_PLACE_BYTES || !open || isPaced(ex)) {
            return false;
        }
        LaterSend send = worker.loop().isWritable(in) ? pastChannel(ex) : null;
        if (send == null) {
            return false;
        }
        gathering.moveInFrontOf(in, offset, length);
        ex.responder().countBody(length);
        completing = true;
        send.ask();
        return true;
    }

    /** The way past the channel's queue, where there is one and nothing waits. */
    private @Nullable LaterSend pastChannel(Exchange ex) {
        LaterSend send = later;
        return send != null && !gathering.isUnflushed() && ex.connection().tls() == null && send.isFree() ? send : null;
    }

    private void endWhenSent() {
        if (queue.isEmpty()) {
            ended();
        } else {
            awaitSent();
        }
    }

    // The end of a small answer goes out with those of others, as the loop's turn ends.

    @Override
    public @Nullable ByteBuf giveMessage() {
        if (!completing) {
            // The answer that asked is out already, and what is gathered is of the next one.
            return null;
        }
        ByteBuf out = gathering.give();
        if (out == null && open) {
            // Somebody had it flushed meanwhile.
            endWhenSent();
        }
        return out;
    }

    @Override
    public void sent() {
        ended();
    }

    @Override
    public void takeRest(ByteBuf rest) {
        gathering.writeToChannel(rest);
        flush();
        awaitSent();
    }

    @Override
    public void sendFailed(IOException cause) {
        connection.failed(cause);
    }

    private void awaitSent() {
        int mine = ++ends;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (done.isSuccess() && mine == ends) {
                ended();
            }
        });
    }

    private void chunksEnd(@Nullable Fields trailers) {
        Bytes out = worker.takeScratch();
        try {
            ChunkFraming.end(trailers, out);
            gathering.append(out.array(), 0, out.length());
        } finally {
            worker.giveBackScratch(out);
        }
    }

    private void ended() {
        if (open) {
            open = false;
            sendTimeout.disarm();
            connection.exchangeEnded(keepsAlive);
        }
    }

    private void chunkHead(long size) {
        Bytes out = worker.takeScratch();
        try {
            ChunkFraming.begin(size, out);
            gathering.append(out.array(), 0, out.length());
        } finally {
            worker.giveBackScratch(out);
        }
    }

    @Override
    public @Nullable FileRegion region(Exchange ex, OpenFile file, long position, long count) {
        if (ex.connection().tls() != null || ex.limitRate() > 0) {
            return null;
        }
        int chunk = ex.location().core().sendfileMaxChunk();
        return new FileRange(file.retain(), position, count, channel,
                chunk > 0 ? chunk : FileRange.MAX_CHUNK_BYTES);
    }

    @Override
    public void sendHead(ByteBuf part) {
        gathering.take(part, part.readableBytes());
    }

    @Override
    public void flush() {
        gathering.flush();
        long pending = pendingBytes();
        if (pending > 0 && open) {
            sendTimeout.arm(pending);
            if (isLent()) {
                worker.loans().add(this);
            }
        } else {
            gathering.settled();
        }
    }

    /** Whether memory waits with what waits to be sent. TLS encrypts into buffers of its own as it is flushed. */
    private boolean isLent() {
        return gathering.isLent() && connection.exchange().connection().tls() == null;
    }

    /** Copies what waits in the channel, so that no larger buffer is kept alive by it. */
    @Override
    public void settle() {
        if (settling || !isLent()) {
            return;
        }
        gathering.settled();
        if (!channel.isActive() || queue.regionBytes() > 0) {
            return;
        }
        settling = true;
        try {
            gathering.flush();
            if (!queue.isEmpty()) {
                copyPending();
            }
        } finally {
            settling = false;
        }
        worker.loop().execute(this::writabilityChanged);
    }

    private void copyPending() {
        ByteBuf copy = worker.allocator().directBuffer((int) pendingBytes());
        // whoever awaits the end must not take the removal for it
        ends++;
        queue.moveTo(copy);
        channel.write(copy, channel.voidPromise());
        channel.flush();
        if (completing && open) {
            awaitSent();
        }
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable() && !paced.isActive();
    }

    @Override
    public int room() {
        if (!isWritable()) {
            return 0;
        }
        long pending = queue.bufferBytes() + gathering.gatheredBytes();
        return (int) Math.max(MIN_ROOM_BYTES, Writes.FULL_BYTES + MIN_ROOM_BYTES - pending);
    }

    @Override
    public long pendingBytes() {
        return queue.bytes();
    }

    /** The socket has room again. */
    void writabilityChanged() {
        if (settling) {
            return;
        }
        if (connection.tunnel() != null) {
            if (channel.isWritable()) {
                connection.tunnel().clientWritable();
            }
            return;
        }
        if (open && isWritable()) {
            connection.exchange().onWritable();
        }
    }

    @Override
    public void pacedDrained() {
        if (open && isWritable()) {
            connection.exchange().onWritable();
        }
    }

    @Override
    public long waitingBytes() {
        return open ? pendingBytes() : 0;
    }

    @Override
    public long sendTimeoutMillis() {
        return connection.exchange().location().core().sendTimeoutMillis();
    }

    @Override
    public void sendTimedOut() {
        connection.exchange().blame().log(FaultKind.CLIENT_TIMEOUT,
                "client timed out (110: Connection timed out) while "
                        + (connection.tunnel() == null ? "sending to client" : "proxying upgraded connection"));
        connection.closeTimedOut();
    }

    @Override
    public void abort(Exchange ex) {
        if (open) {
            gathering.flush();
            keepsAlive = false;
            connection.closeNow();
        }
    }

    @Override
    public void closeWithoutAnswer(Exchange ex) {
        if (open) {
            keepsAlive = false;
            if (ex.response().status() == 408) {
                connection.closeTimedOut();
            } else {
                connection.closeNow();
            }
        }
    }

    @Override
    public void writeInterim(int status, @Nullable Fields fields) {
        if (!connection.isHttp11()) {
            return;
        }
        Bytes out = worker.takeScratch();
        try {
            ResponseHeadWriter.interim(status, fields, out);
            gathering.append(out.array(), 0, out.length());
        } finally {
            worker.giveBackScratch(out);
        }
        flush();
    }

    @Override
    public int discardBody(Exchange ex) {
        return connection.discardBody();
    }

    @Override
    public void bodyDemandChanged(Exchange ex) {
        connection.bodyDemandChanged();
    }

    @Override
    public void startTunnel(Exchange ex, TunnelEnd end) {
        flush();
        connection.startTunnel(end);
    }

    @Override
    public void writeTunnel(ByteBuf data) {
        int size = data.readableBytes();
        // What a slow client leaves waiting must not hold the loop's large receive buffer.
        gathering.take(size <= Gathering.PART_BYTES ? data : SharedReceive.settle(data, worker.allocator()), size);
    }

    @Override
    public void readTunnel(boolean reads) {
        channel.config().setAutoRead(reads);
    }

    @Override
    public void endTunnel() {
        if (!open) {
            return;
        }
        flush();
        if (pendingBytes() == 0) {
            tunnelEnded();
        } else {
            settle();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> tunnelEnded());
        }
    }

    private void tunnelEnded() {
        if (open) {
            open = false;
            connection.exchangeEnded(false);
        }
    }

    /** The socket is gone. */
    void closed() {
        gathering.release();
        sendTimeout.disarm();
        paced.release();
        if (open) {
            open = false;
            Exchange ex = connection.exchange();
            boolean answered = ex.response().headSent();
            if (!answered && ex.response().status() == 0) {
                ex.response().status(499);
                ex.blame().on(FaultKind.CLIENT_CLOSED);
            }
            ex.clientGone();
            connection.exchangeEnded(false);
        }
    }
}
