package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.BodyFileSpool;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.LaterSend;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request on a connection of its own: the body goes out as it is, or in chunks. Owned by an upstream exchange and reused.
 */
final class RequestSender implements Sender, LaterSend.Owner {
    /** Up to this size a body is copied behind the head: a second buffer of the same send costs more. */
    private static final int GATHER_BYTES = 8 * 1024;
    private static final int FILE_BYTES = 64 * 1024;

    private final UpstreamExchange owner;
    private final Worker worker;
    private @Nullable Exchange exchange;
    private @Nullable UpstreamCodec codec;
    private @Nullable UpstreamConnection connection;
    private @Nullable TempFile file;
    /** The whole request, until the loop's turn ends. */
    private @Nullable ByteBuf unsent;
    private long filePosition;
    private long written;
    private long pendingAtLastCheck;
    private boolean streaming;
    private boolean bodyWritten;
    private boolean done;
    private boolean awaitsDrain;
    private int serial;
    private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>(0);
    private int partsBytes;

    RequestSender(UpstreamExchange owner, Worker worker) {
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
        codec = with;
        connection = to;
        serial++;
        written = 0;
        filePosition = 0;
        file = null;
        done = false;
        awaitsDrain = false;
        streaming = false;
        Bytes head = worker.takeScratch();
        try {
            if (!with.writeHead(head)) {
                return false;
            }
            if (ex.trace() != null) {
                ex.trace().requestHead(head.toString());
            }
            writeHead(ex, settings, head, to.channel());
        } finally {
            worker.giveBackScratch(head);
        }
        return true;
    }

    private void writeHead(Exchange ex, UpstreamSettings settings, Bytes head, Channel channel) {
        boolean streams = ex.body().isExpected() && !ex.body().isKept() && streams(ex, settings);
        boolean passes = settings.passesRequestBody && !owner.protocol().replacesBody();
        ByteBuf memory = passes && !streams ? ex.body().memory() : null;
        BodyFileSpool spool = passes && !streams ? ex.body().file() : null;
        int bodySize = memory == null ? 0 : memory.readableBytes();
        boolean gathers = bodySize <= GATHER_BYTES;
        ByteBuf out = worker.sendBuffer().give(head.length() + (gathers ? bodySize : 0));
        out.writeBytes(head.array(), 0, head.length());
        written = head.length() + bodySize;
        if (memory != null && gathers) {
            out.writeBytes(memory, memory.readerIndex(), bodySize);
        }
        if (!streams && spool == null && gathers && out.isReadable() && present(connection).sendLater(this)) {
            bodyWritten = true;
            unsent = out;
            return;
        }
        channel.write(out, channel.voidPromise());
        if (memory != null && !gathers) {
            channel.write(memory.retainedDuplicate(), channel.voidPromise());
        }
        bodyWritten = !streams && spool == null;
        int mine = serial;
        if (spool != null) {
            file = spool.file();
            writeFile();
        }
        if (serial != mine) {
            return;
        }
        if (!streams) {
            flush();
            return;
        }
        // What of the body is there already goes out with the head.
        streaming = true;
        UpstreamConnection to = connection;
        ex.body().stream(this);
        if (serial == mine && to != null) {
            to.flushLater();
        }
    }

    @Override
    public boolean isUnsent() {
        return unsent != null;
    }

    @Override
    public boolean isAnsweredBefore() {
        UpstreamConnection to = connection;
        return unsent != null && to != null && to.isReused();
    }

    @Override
    public @Nullable ByteBuf giveMessage() {
        ByteBuf out = unsent;
        unsent = null;
        return out;
    }

    @Override
    public void sent() {
        done = true;
        owner.requestSent();
    }

    @Override
    public void takeRest(ByteBuf rest) {
        Channel channel = present(connection).channel();
        channel.write(rest, channel.voidPromise());
        flush();
    }

    @Override
    public void sendFailed(IOException cause) {
        present(connection).failed(cause);
    }

    private void flush() {
        UpstreamConnection to = connection;
        if (to == null) {
            return;
        }
        int mine = serial;
        to.channel().flush();
        if (serial != mine) {
            return;
        }
        checkDone();
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
        if (!empty) {
            pendingAtLastCheck = pending(channel);
            to.deadline().arm(owner.settings().sendTimeoutMillis);
            if (bodyWritten && !awaitsDrain) {
                awaitsDrain = true;
                int mine = serial;
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
                    if (serial == mine) {
                        checkDone();
                    }
                });
            }
        } else {
            // What is missing is the client's to send; its own time limit runs.
            to.deadline().disarm();
        }
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
        long now = pending(to.channel());
        if (now == pendingAtLastCheck) {
            return false;
        }
        pendingAtLastCheck = now;
        to.deadline().arm(owner.settings().sendTimeoutMillis);
        return true;
    }

    @Override
    public void writable() {
        UpstreamConnection to = connection;
        if (to == null || !to.channel().isWritable() || bodyWritten) {
            return;
        }
        if (streaming && exchange != null) {
            exchange.body().pause(false);
        } else if (file != null) {
            writeFile();
            flush();
        }
    }

    private void writeFile() {
        TempFile from = file;
        UpstreamConnection to = connection;
        if (from == null || to == null) {
            return;
        }
        Channel channel = to.channel();
        while (filePosition < from.length() && channel.isWritable()) {
            int size = (int) Math.min(FILE_BYTES, from.length() - filePosition);
            ByteBuf part = worker.allocator().directBuffer(size);
            try {
                from.read(filePosition, part, size);
            } catch (IOException e) {
                part.release();
                owner.exchange().blame().log(FaultKind.DISK_FAILED, String.valueOf(e.getMessage()));
                owner.requestFailed(500);
                return;
            }
            filePosition += size;
            written += size;
            channel.write(part, channel.voidPromise());
        }
        bodyWritten = filePosition == from.length();
    }

    @Override
    public void takePart(@Nullable ByteBuf part, boolean last) {
        if (connection == null) {
            if (part != null) {
                part.release();
            }
            return;
        }
        if (part != null) {
            // a small part would keep a whole receive buffer alive for as long as it waits
            ByteBuf settled = part.readableBytes() <= GATHER_BYTES || pending(connection.channel()) > 0
                    ? SharedReceive.settle(part, worker.allocator())
                    : part;
            parts.add(settled);
            partsBytes += settled.readableBytes();
        }
        if (last || partsBytes >= FILE_BYTES) {
            writeParts(last);
        }
    }

    /** What came in one read goes out in one write, and in one chunk. */
    @Override
    public void partsTaken() {
        if (partsBytes > 0) {
            writeParts(false);
        }
    }

    private void writeParts(boolean last) {
        UpstreamConnection to = connection;
        UpstreamCodec with = codec;
        if (to == null || with == null) {
            return;
        }
        int length = partsBytes;
        partsBytes = 0;
        Bytes frame = worker.takeScratch();
        try {
            if (length > 0) {
                with.beginPart(frame, length);
            }
            writeFrame(frame, to.channel());
            frame.clear();
            written += length;
            for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
                to.channel().write(part, to.channel().voidPromise());
            }
            with.endPart(frame, length, last);
            writeFrame(frame, to.channel());
        } finally {
            worker.giveBackScratch(frame);
        }
        bodyWritten = last;
        if (!last && !to.channel().isWritable() && exchange != null) {
            exchange.body().pause(true);
        }
        flush();
    }

    private void writeFrame(Bytes frame, Channel channel) {
        if (frame.length() > 0) {
            written += frame.length();
            ByteBuf out = worker.allocator().directBuffer(frame.length());
            channel.write(out.writeBytes(frame.array(), 0, frame.length()), channel.voidPromise());
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
        if (connection != null && streaming && ex != null && !ex.body().hasEnded()) {
            connection = null;
            ex.body().discard();
        }
        ByteBuf out = unsent;
        if (out != null) {
            unsent = null;
            out.release();
            present(connection).sendLater(null);
        }
        connection = null;
        exchange = null;
        codec = null;
        file = null;
        partsBytes = 0;
        for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
            part.release();
        }
        serial++;
    }

    private static UpstreamConnection present(@Nullable UpstreamConnection value) {
        if (value == null) {
            throw new IllegalStateException("not connected");
        }
        return value;
    }
}
