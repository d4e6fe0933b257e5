package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.request.ClientStream;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of a connection that went over to another protocol: bytes pass as they come, each side is read only as fast as the other
 * takes them. As nginx: when one side ends and all that it sent is passed on, both do; the read timeout runs while nothing passes in either
 * direction, the send timeout while the upstream takes nothing. Owned by an upstream exchange; loop only.
 */
final class UpstreamTunnel implements ClientStream.TunnelEnd {
    private final UpstreamExchange owner;
    private final Exchange exchange;
    private final UpstreamConnection connection;
    private final UpstreamSettings settings;
    private @Nullable Deadline sendDeadline;
    private long pendingAtLastCheck;
    private long bytesSent;
    private boolean upstreamPaused;
    private boolean clientPaused;
    private boolean clientDone;
    private boolean over;

    UpstreamTunnel(UpstreamExchange owner, Exchange exchange, UpstreamConnection connection,
            UpstreamSettings settings) {
        this.owner = owner;
        this.exchange = exchange;
        this.connection = connection;
        this.settings = settings;
        connection.deadline().arm(settings.readTimeoutMillis);
    }

    private Channel upstream() {
        return connection.channel();
    }

    /** Bytes that went to the upstream through the tunnel. */
    long bytesSent() {
        return bytesSent;
    }

    // ---- from the upstream

    void takeFromUpstream(ByteBuf in) {
        connection.deadline().arm(settings.readTimeoutMillis);
        int length = in.readableBytes();
        exchange.responder().countBody(length);
        exchange.stream().writeTunnel(in.readRetainedSlice(length));
    }

    void upstreamReadComplete() {
        exchange.stream().flush();
        if (!over && !exchange.stream().isWritable()) {
            upstreamPaused = true;
            connection.reads(false);
            // It is the client who is waited for now, and its send_timeout runs.
            connection.deadline().disarm();
        }
    }

    @Override
    public void clientWritable() {
        if (upstreamPaused && !over) {
            upstreamPaused = false;
            connection.deadline().arm(settings.readTimeoutMillis);
            connection.reads(true);
        }
    }

    void upstreamEnded() {
        exchange.stream().flush();
        end();
    }

    void timedOut() {
        exchange.log(Severity.INFO,
                "upstream timed out (110: Connection timed out) while proxying upgraded connection");
        end();
    }

    // ---- from the client

    @Override
    public void takeFromClient(ByteBuf data) {
        if (over || clientDone) {
            data.release();
            return;
        }
        if (!upstreamPaused) {
            connection.deadline().arm(settings.readTimeoutMillis);
        }
        bytesSent += data.readableBytes();
        upstream().write(SharedReceive.settle(data, exchange.worker().allocator()), upstream().voidPromise());
    }

    @Override
    public void clientReadComplete() {
        if (over) {
            return;
        }
        upstream().flush();
        if (over) {
            return;
        }
        if (!upstream().isWritable()) {
            clientPaused = true;
            exchange.stream().readTunnel(false);
        }
        watchUpstream();
    }

    void upstreamWritable() {
        if (clientPaused && !over && upstream().isWritable()) {
            clientPaused = false;
            exchange.stream().readTunnel(true);
        }
    }

    /** What the client sent goes out first; until then, what the upstream sends still passes. */
    @Override
    public void clientEnded() {
        if (over || clientDone) {
            return;
        }
        clientDone = true;
        upstream().flush();
        if (over || pending() == 0) {
            end();
            return;
        }
        watchUpstream();
        upstream().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> end());
    }

    @Override
    public void clientClosed() {
        end();
    }

    /** Sees to it that an upstream which takes nothing is not waited for without end. */
    private void watchUpstream() {
        long pending = pending();
        Deadline deadline = sendDeadline;
        if (pending == 0) {
            if (deadline != null) {
                deadline.disarm();
            }
            return;
        }
        if (deadline == null) {
            deadline = new Deadline(exchange.worker().wheel(), _ -> sendTimedOut());
            sendDeadline = deadline;
        }
        if (!deadline.armed()) {
            pendingAtLastCheck = pending;
            deadline.arm(settings.sendTimeoutMillis);
        }
    }

    private void sendTimedOut() {
        long pending = pending();
        if (over || pending == 0) {
            return;
        }
        if (pending == pendingAtLastCheck) {
            timedOut();
        } else {
            watchUpstream();
        }
    }

    private long pending() {
        ChannelOutboundBuffer out = upstream().unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    // ---- the end

    private void end() {
        if (over) {
            return;
        }
        over = true;
        Deadline deadline = sendDeadline;
        if (deadline != null) {
            deadline.release();
        }
        owner.tunnelEnded();
    }
}
