package io.frontdesk.net.resolve;

import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.Inet6Address;
import org.jspecify.annotations.Nullable;

/** A UDP socket to a DNS server, closed when nothing was sent for a while. Owned by its {@link NameServer}, on its loop. */
final class DatagramLink extends ChannelInboundHandlerAdapter {
    /** nginx: NGX_RESOLVER_UDP_SIZE; a server that was told of no larger size sends 512 at most. */
    private static final int MAX_DATAGRAM = 4096;
    /** Longer than until a query is sent again, so that a late answer finds its way. */
    private static final long REST_MILLIS = 10_000;

    private final NameServer server;
    private final Deadline rest;
    private @Nullable Channel channel;
    private int sent;

    DatagramLink(NameServer server) {
        this.server = server;
        this.rest = new Deadline(server.loop().deadlines(), _ -> close());
    }

    /** How many queries went out of this port. */
    int sent() {
        return sent;
    }

    @Nullable
    ServerFault open() {
        Loop loop = server.loop();
        Channel socket;
        try {
            socket = loop.transport().newDatagram(server.address().getAddress() instanceof Inet6Address);
        } catch (RuntimeException e) {
            return ServerFault.of("socket", e);
        }
        channel = socket;
        socket.config().setAllocator(loop.allocator());
        socket.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(MAX_DATAGRAM));
        socket.pipeline().addLast(this);
        // All this is on the loop, and UDP waits for nothing: each step is over when its call returns.
        ChannelFuture registered = loop.registerPlain(socket);
        ChannelFuture connected = registered.cause() == null ? socket.connect(server.address()) : registered;
        Throwable cause = connected.cause();
        if (cause != null) {
            channel = null;
            socket.close();
            return ServerFault.of("connect", cause);
        }
        return null;
    }

    void send(byte[] query) {
        Channel socket = channel;
        if (socket == null) {
            return;
        }
        sent++;
        rest.arm(REST_MILLIS);
        socket.writeAndFlush(Unpooled.wrappedBuffer(query)).addListener(done -> {
            Throwable cause = done.cause();
            if (cause != null && channel != null) {
                broken("send", cause);
            }
        });
    }

    void close() {
        Channel socket = channel;
        channel = null;
        rest.release();
        server.closed(this);
        if (socket != null) {
            socket.close();
        }
    }

    /** nginx: the socket is given up, and whoever waits asks again by another. */
    private void broken(String call, Throwable cause) {
        close();
        // The sender may still be at work.
        server.loop().execute(() -> server.failed(ServerFault.of(call, cause)));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        byte[] bytes;
        try {
            ByteBuf content = message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
            bytes = ByteBufUtil.getBytes(content);
        } finally {
            ReferenceCountUtil.release(message);
        }
        if (channel != null) {
            server.received(bytes, false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (channel != null) {
            broken("recv", cause);
        }
    }
}
