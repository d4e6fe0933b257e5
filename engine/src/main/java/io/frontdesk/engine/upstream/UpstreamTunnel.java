package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.request.ClientStream;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Both directions of a connection that went over to another protocol: bytes pass as they come, each side is read only as fast as the other
 * takes them. As nginx: when one side ends and all that it sent is passed on, both do. Owned by an upstream exchange; loop only.
 */
final class UpstreamTunnel implements ClientStream.TunnelEnd {
    private final UpstreamExchange owner;
    private final Exchange exchange;
    private final UpstreamConnection connection;
    private final UpstreamSettings settings;
    private boolean upstreamPaused;
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

    void takeFromUpstream(ByteBuf in) {
        connection.deadline().arm(settings.readTimeoutMillis);
        int length = in.readableBytes();
        owner.attempt().responseLength += length;
        exchange.responder().countBody(length);
        exchange.stream().writeTunnel(in.readRetainedSlice(length));
    }

    void upstreamReadComplete() {
        exchange.stream().flush();
        if (!over && !exchange.stream().isWritable()) {
            upstreamPaused = true;
            connection.reads(false);
        }
    }

    void upstreamWritable() {
        if (upstream().isWritable()) {
            exchange.stream().readTunnel(true);
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

    private void end() {
        if (!over) {
            over = true;
            owner.tunnelEnded();
        }
    }

    @Override
    public void takeFromClient(ByteBuf data) {
        if (over) {
            data.release();
            return;
        }
        connection.deadline().arm(settings.readTimeoutMillis);
        upstream().write(SharedReceive.settle(data, exchange.worker().allocator()), upstream().voidPromise());
    }

    @Override
    public void clientReadComplete() {
        if (over) {
            return;
        }
        upstream().flush();
        if (!over && !upstream().isWritable()) {
            exchange.stream().readTunnel(false);
        }
    }

    @Override
    public void clientEnded() {
        upstream().flush();
        end();
    }

    @Override
    public void clientWritable() {
        if (upstreamPaused && !over) {
            upstreamPaused = false;
            connection.reads(true);
        }
    }

    @Override
    public void clientClosed() {
        end();
    }
}
