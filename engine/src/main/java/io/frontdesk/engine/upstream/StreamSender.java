package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http2.ClientFrames;
import io.frontdesk.codec.http2.ClientSession;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.BodyFileSpool;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request on a stream of HTTP/2: the body in DATA frames, as fast as the socket and the peer's windows allow. What comes from the
 * client is held up while they do not. Owned by an upstream exchange and reused.
 */
final class StreamSender implements Sender {
    /** Up to this size a body, or a part of one, is copied behind the head of its frame: another buffer of the same send costs more. */
    private static final int GATHER_BYTES = 8 * 1024;
    private static final int QUEUE_BYTES = 64 * 1024;

    private final UpstreamExchange owner;
    private final Worker worker;
    private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>(0);
    private final Bytes frameHead = new Bytes(ClientFrames.HEAD_BYTES);
    private int partsBytes;
    private @Nullable Exchange exchange;
    private @Nullable UpstreamConnection connection;
    private @Nullable TempFile file;
    private long filePosition;
    private long written;
    private long pendingAtLastCheck;
    private long writtenAtLastCheck;
    private boolean streaming;
    private boolean sourceEnded;
    private boolean bodyWritten;
    private boolean done;
    private boolean awaitsDrain;
    private int serial;

    StreamSender(UpstreamExchange owner, Worker worker) {
        this.owner = owner;
        this.worker = worker;
    }

    @Override
    public boolean streams(Exchange ex, UpstreamSettings settings) {
        return !settings.buffersRequest && settings.passesRequestBody && owner.protocol().mayStreamBody(ex);
    }

    @Override
    public boolean isStreaming() {
        Exchange ex = exchange;
        return streaming && (ex == null || !ex.body().isKept());
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public long bytesSent() {
        return written;
    }

    @Override
    public boolean begin(Exchange ex, UpstreamSettings settings, UpstreamCodec with, UpstreamConnection to) {
        exchange = ex;
        connection = to;
        serial++;
        written = 0;
        filePosition = 0;
        file = null;
        done = false;
        awaitsDrain = false;
        streaming = ex.body().isExpected() && !ex.body().isKept() && streams(ex, settings);
        sourceEnded = !streaming;
        bodyWritten = false;
        Http2Codec codec = (Http2Codec) with;
        ByteBuf memory = memory(ex, settings, codec);
        codec.attach(to.session(), streaming || memory != null || file != null);
        bodyWritten = !streaming && memory == null && file == null;
        Bytes head = worker.takeScratch();
        try {
            if (!with.writeHead(head)) {
                if (memory != null) {
                    memory.release();
                }
                return false;
            }
            writeHead(head, memory, to);
        } finally {
            worker.giveBackScratch(head);
        }
        int mine = serial;
        write();
        if (serial != mine) {
            return true;
        }
        if (!streaming) {
            flush();
            return true;
        }
        // What of the body is there already goes out with the head.
        ex.body().stream(this);
        if (serial == mine) {
            to.flushLater();
        }
        return true;
    }

    /** What of the body is in memory, owned by the caller; notes the file that it is in. */
    private @Nullable ByteBuf memory(Exchange ex, UpstreamSettings settings, Http2Codec codec) {
        if (streaming) {
            return null;
        }
        Bytes own = codec.ownBody();
        if (own != null) {
            return own.isEmpty()
                    ? null
                    : worker.allocator().directBuffer(own.length()).writeBytes(own.array(), 0, own.length());
        }
        if (!settings.passesRequestBody) {
            return null;
        }
        BodyFileSpool spool = ex.body().file();
        file = spool == null ? null : spool.file();
        ByteBuf memory = ex.body().memory();
        return memory == null || !memory.isReadable() ? null : memory.retainedDuplicate();
    }

    private void writeHead(Bytes head, @Nullable ByteBuf memory, UpstreamConnection to) {
        ClientSession session = to.session();
        int size = memory == null ? 0 : memory.readableBytes();
        if (memory != null && file == null && size <= Math.min(GATHER_BYTES, session.sendRoom())) {
            ClientFrames.dataHead(head, session.stream(), size, true);
            head.take(memory, size);
            memory.release();
            session.sent(size);
            bodyWritten = true;
        } else if (memory != null) {
            add(memory);
        }
        ByteBuf out = worker.sendBuffer().give(head.length());
        out.writeBytes(head.array(), 0, head.length());
        written = head.length();
        to.channel().write(out, to.channel().voidPromise());
    }

    private void add(ByteBuf part) {
        parts.add(part);
        partsBytes += part.readableBytes();
    }

    /** Writes as much of the body as there is room for. */
    private void write() {
        UpstreamConnection to = connection;
        if (to == null) {
            return;
        }
        Channel channel = to.channel();
        ClientSession session = to.session();
        while (!bodyWritten && channel.isWritable()) {
            int room = Math.min(session.sendRoom(), ClientFrames.PAYLOAD_BYTES);
            if (parts.isEmpty() && isFileLeft() && room > 0 && !readFile(room)) {
                return;
            }
            join(room);
            ByteBuf part = parts.peek();
            if (part == null) {
                if (sourceEnded && !isFileLeft()) {
                    writeFrame(to, Unpooled.EMPTY_BUFFER, 0, true);
                }
                return;
            }
            if (room == 0) {
                return;
            }
            int size = Math.min(room, part.readableBytes());
            boolean whole = size == part.readableBytes();
            if (whole) {
                parts.poll();
            }
            partsBytes -= size;
            boolean last = whole && parts.isEmpty() && sourceEnded && !isFileLeft();
            writeFrame(to, whole ? part : part.readRetainedSlice(size), size, last);
        }
    }

    /** Small parts that wait go in one frame. */
    private void join(int room) {
        int size = Math.min(Math.min(room, GATHER_BYTES), partsBytes);
        ByteBuf first = parts.peek();
        if (first == null || parts.size() == 1 || first.readableBytes() >= size) {
            return;
        }
        ByteBuf joined = worker.allocator().directBuffer(size);
        for (ByteBuf part = parts.peek(); part != null && joined.readableBytes() < size; part = parts.peek()) {
            joined.writeBytes(part, Math.min(part.readableBytes(), size - joined.readableBytes()));
            if (!part.isReadable()) {
                parts.poll();
                part.release();
            }
        }
        parts.addFirst(joined);
    }

    private boolean isFileLeft() {
        TempFile from = file;
        return from != null && filePosition < from.length();
    }

    /** Writes a frame; takes its content. */
    private void writeFrame(UpstreamConnection to, ByteBuf content, int size, boolean last) {
        Channel channel = to.channel();
        ClientSession session = to.session();
        frameHead.clear();
        ClientFrames.dataHead(frameHead, session.stream(), size, last);
        boolean gathers = size <= GATHER_BYTES;
        ByteBuf head = worker.allocator().directBuffer(ClientFrames.HEAD_BYTES + (gathers ? size : 0));
        head.writeBytes(frameHead.array(), 0, frameHead.length());
        if (gathers) {
            head.writeBytes(content, content.readerIndex(), size);
            content.release();
            channel.write(head, channel.voidPromise());
        } else {
            channel.write(head, channel.voidPromise());
            channel.write(content, channel.voidPromise());
        }
        session.sent(size);
        written += ClientFrames.HEAD_BYTES + size;
        bodyWritten = last;
    }

    private boolean readFile(int size) {
        TempFile from = file;
        if (from == null) {
            return false;
        }
        int count = (int) Math.min(size, from.length() - filePosition);
        ByteBuf part = worker.allocator().directBuffer(count);
        try {
            from.read(filePosition, part, count);
        } catch (IOException e) {
            part.release();
            owner.exchange().blame().log(FaultKind.DISK_FAILED, String.valueOf(e.getMessage()));
            owner.requestFailed(500);
            return false;
        }
        filePosition += count;
        add(part);
        return true;
    }

    private void flush() {
        UpstreamConnection to = connection;
        if (to == null) {
            return;
        }
        int mine = serial;
        to.channel().flush();
        if (serial == mine) {
            checkDone();
        }
    }

    private void checkDone() {
        UpstreamConnection to = connection;
        if (to == null || done) {
            return;
        }
        Channel channel = to.channel();
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        boolean empty = out == null || out.isEmpty();
        if (empty && bodyWritten) {
            done = true;
            owner.requestSent();
            return;
        }
        if (bodyWritten && !awaitsDrain) {
            awaitsDrain = true;
            int mine = serial;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
                if (serial == mine) {
                    checkDone();
                }
            });
            if (serial != mine || done) {
                return;
            }
        }
        if (owner.state() != UpstreamState.SENDING) {
            return; // The response is being read, and the time limit for that runs.
        }
        if (!empty || !parts.isEmpty() || isFileLeft()) {
            armSendTimeout(to);
        } else {
            // What is missing is the client's to send; its own time limit runs.
            to.deadline().disarm();
        }
    }

    private void armSendTimeout(UpstreamConnection to) {
        pendingAtLastCheck = pending(to.channel());
        writtenAtLastCheck = written;
        to.deadline().arm(owner.settings().sendTimeoutMillis);
    }

    private static long pending(Channel channel) {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    }

    @Override
    public boolean hasProgressed() {
        UpstreamConnection to = connection;
        if (to == null) {
            return true;
        }
        if (pending(to.channel()) == pendingAtLastCheck && written == writtenAtLastCheck) {
            return false;
        }
        armSendTimeout(to);
        return true;
    }

    @Override
    public void writable() {
        UpstreamConnection to = connection;
        if (to != null && to.channel().isWritable() && !bodyWritten) {
            send();
        }
    }

    @Override
    public void readComplete() {
        UpstreamConnection to = connection;
        if (to == null) {
            return;
        }
        boolean answers = to.writeControl();
        if ((!parts.isEmpty() || isFileLeft()) && to.session().sendRoom() > 0) {
            send();
        } else if (answers) {
            to.channel().flush();
        }
    }

    /** Sends what can be sent, and asks the client for more, or for no more. */
    private void send() {
        int mine = serial;
        write();
        if (serial == mine) {
            flush();
        }
        UpstreamConnection to = connection;
        Exchange ex = exchange;
        if (serial == mine && to != null && ex != null && streaming && !sourceEnded) {
            ex.body().pause(partsBytes >= QUEUE_BYTES || !to.channel().isWritable());
        }
    }

    @Override
    public void takePart(@Nullable ByteBuf part, boolean last) {
        UpstreamConnection to = connection;
        if (to == null) {
            if (part != null) {
                part.release();
            }
            return;
        }
        if (part != null) {
            // a small part, or one that has to wait, would keep a whole receive buffer alive
            boolean settles = part.readableBytes() <= GATHER_BYTES || !parts.isEmpty() || pending(to.channel()) > 0
                    || to.session().sendRoom() < part.readableBytes();
            add(settles ? SharedReceive.settle(part, worker.allocator()) : part);
        }
        sourceEnded = last;
        if (last || partsBytes >= QUEUE_BYTES) {
            send();
        }
    }

    /** What came in one read goes out in one write. */
    @Override
    public void partsTaken() {
        if (partsBytes > 0) {
            send();
        }
    }

    @Override
    public void bodyFailed(int status) {
        if (connection != null) {
            owner.requestFailed(status);
        }
    }

    @Override
    public void stop() {
        Exchange ex = exchange;
        boolean unread = connection != null && streaming && ex != null && !ex.body().hasEnded();
        connection = null;
        if (unread && ex != null) {
            ex.body().discard();
        }
        exchange = null;
        file = null;
        partsBytes = 0;
        for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
            part.release();
        }
        serial++;
    }
}
