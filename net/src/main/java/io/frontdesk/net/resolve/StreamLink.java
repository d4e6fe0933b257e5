package io.frontdesk.net.resolve;

import io.frontdesk.net.connect.ConnectAttempt;
import io.frontdesk.net.connect.ConnectFault;
import io.frontdesk.net.connect.ConnectOptions;
import io.frontdesk.net.connect.Connector;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to a DNS server: each message behind its length, RFC 1035 §4.2.2. Closed when nothing went either way for a while.
 * Owned by its {@link NameServer}, on its loop.
 */
final class StreamLink extends ChannelInboundHandlerAdapter implements Connector.Outcome {
    /** nginx: tcp_timeout. */
    private static final long REST_MILLIS = 5000;
    /** nginx: NGX_RESOLVER_TCP_WSIZE. */
    static final int MAX_WAITING = 8192;
    private static final int LENGTH = 2;

    private final NameServer server;
    private final Deadline rest;
    private @Nullable ConnectAttempt attempt;
    private @Nullable Channel channel;
    private boolean closed;
    /** What waits for the connection to come about. */
    private ByteBuf waiting = Unpooled.EMPTY_BUFFER;
    /** A message of which more must come. */
    private ByteBuf partial = Unpooled.EMPTY_BUFFER;

    StreamLink(NameServer server) {
        this.server = server;
        this.rest = new Deadline(server.loop().deadlines(), _ -> close());
    }

    void open() {
        ConnectAttempt begun = new Connector(server.loop()).connect(server.address(),
                ConnectOptions.DEFAULT.withTimeoutMillis(REST_MILLIS), this);
        if (channel == null && !closed) {
            attempt = begun;
        }
    }

    void send(byte[] query) {
        Channel socket = channel;
        if (closed) {
            return;
        }
        if (socket != null) {
            rest.arm(REST_MILLIS);
            socket.writeAndFlush(frame(query), socket.voidPromise());
        } else if (waiting.readableBytes() + LENGTH + query.length <= MAX_WAITING) {
            waiting = Unpooled.wrappedBuffer(waiting, frame(query));
        }
    }

    private static ByteBuf frame(byte[] query) {
        return Unpooled.wrappedBuffer(new byte[]{(byte) (query.length >> 8), (byte) query.length}, query);
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        rest.release();
        server.closed(this);
        waiting.release();
        partial.release();
        partial = Unpooled.EMPTY_BUFFER;
        ConnectAttempt connecting = attempt;
        if (connecting != null) {
            connecting.cancel();
        }
        Channel socket = channel;
        if (socket != null) {
            socket.close();
        }
    }

    private void broken(ServerFault fault) {
        if (!closed) {
            close();
            server.loop().execute(() -> server.failed(fault));
        }
    }

    // the connection

    @Override
    public void prepare(Channel made) {
        made.pipeline().addLast(this);
    }

    @Override
    public void connected(Channel made) {
        attempt = null;
        channel = made;
        rest.arm(REST_MILLIS);
        ByteBuf first = waiting;
        waiting = Unpooled.EMPTY_BUFFER;
        made.writeAndFlush(first, made.voidPromise());
    }

    @Override
    public void failed(ConnectFault fault) {
        attempt = null;
        broken(new ServerFault(fault.timedOut() ? "connect() failed " + fault.errno() : fault.message()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (closed) {
            in.release();
            return;
        }
        rest.arm(REST_MILLIS);
        ByteBuf all = in;
        if (partial.isReadable()) {
            all = partial.writeBytes(in);
            in.release();
            partial = Unpooled.EMPTY_BUFFER;
        }
        readMessages(all);
        if (closed || !all.isReadable()) {
            all.release();
        } else if (all == in) {
            // What was received lies in memory that all connections read into, and can't grow.
            partial = ctx.alloc().buffer(in.readableBytes()).writeBytes(in);
            in.release();
        } else {
            partial = all.discardSomeReadBytes();
        }
    }

    /** The length is two bytes, so what may be left is bounded. */
    private void readMessages(ByteBuf in) {
        while (!closed && in.readableBytes() >= LENGTH) {
            int length = in.getUnsignedShort(in.readerIndex());
            if (in.readableBytes() < LENGTH + length) {
                return;
            }
            byte[] message = new byte[length];
            in.skipBytes(LENGTH).readBytes(message);
            server.received(message, true);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken(ServerFault.of("recv", cause));
    }
}
