package io.frontdesk.net.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection to a socket with TLS: waits for the client's first message, has the context chosen by it, and makes way
 * for the library's handler, which gets the same bytes. So the certificate, the versions and all the rest are those of the server that
 * the client names. Owned by its connection; loop only.
 */
public final class TlsServerEntry extends ChannelInboundHandlerAdapter {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int FATAL = 2;
    private static final int SSL2 = 0x80;

    private final TlsServerPeer peer;
    private final HelloReader reader = new HelloReader();
    private @Nullable ByteBuf held;
    private @Nullable ChannelHandlerContext context;
    private boolean choosing;

    /** The entry of one connection. */
    public TlsServerEntry(TlsServerPeer peer) {
        this.peer = peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf before = held;
        if (before == null) {
            int first = in.getUnsignedByte(in.readerIndex());
            // nginx: what else it may be is a request in the clear.
            if (first != HANDSHAKE && (first & SSL2) == 0) {
                peer.plain();
                ctx.fireChannelRead(in);
                ctx.pipeline().remove(this);
                return;
            }
            held = in;
        } else {
            before.writeBytes(in);
            in.release();
        }
        if (!choosing) {
            look(ctx);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        ByteBuf all = held;
        if (all == null) {
            return;
        }
        HelloReader.Result result = reader.read(all);
        if (result == HelloReader.Result.NEED_MORE) {
            keep(ctx, all);
            return;
        }
        choosing = true;
        TlsServerPeer.Choice choice = peer.choose(result == HelloReader.Result.WHOLE ? reader.hello() : null);
        if (choice instanceof TlsServerPeer.Choice.Later) {
            keep(ctx, all);
            ctx.channel().config().setAutoRead(false);
            return;
        }
        take(ctx, choice);
    }

    /** What was received lies in a buffer that belongs to the loop: what stays is copied. */
    private void keep(ChannelHandlerContext ctx, ByteBuf all) {
        if (all.maxCapacity() == HelloReader.MAX_BYTES * 2) {
            return;
        }
        ByteBuf own = ctx.alloc().directBuffer(Math.max(1024, all.readableBytes()), HelloReader.MAX_BYTES * 2);
        own.writeBytes(all);
        all.release();
        held = own;
    }

    /** The choice that was to come later. On the loop. */
    public void decide(TlsServerPeer.Choice choice) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || ctx.isRemoved() || held == null) {
            return;
        }
        ctx.channel().config().setAutoRead(true);
        take(ctx, choice);
    }

    private void take(ChannelHandlerContext ctx, TlsServerPeer.Choice choice) {
        switch (choice) {
            case TlsServerPeer.Choice.Use use -> begin(ctx, use.context());
            case TlsServerPeer.Choice.Refuse refuse -> refuse(ctx, refuse);
            case TlsServerPeer.Choice.Later later -> throw new IllegalStateException("later is over");
        }
    }

    private void begin(ChannelHandlerContext ctx, TlsContext with) {
        ByteBuf all = held;
        held = null;
        if (all == null) {
            return;
        }
        SslHandler handler = with.newServer(ctx.alloc());
        ctx.pipeline().addAfter(ctx.name(), null, new TlsWatch(peer, handler));
        ctx.pipeline().addAfter(ctx.name(), null, handler);
        ctx.fireChannelRead(all);
        ctx.fireChannelReadComplete();
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    private void refuse(ChannelHandlerContext ctx, TlsServerPeer.Choice.Refuse refuse) {
        release();
        byte[] alert = {ALERT, 3, 3, 0, 2, FATAL, (byte) refuse.alert()};
        ctx.writeAndFlush(Unpooled.wrappedBuffer(alert)).addListener(ChannelFutureListener.CLOSE);
        peer.tlsFailed(refuse.message());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nobody behind it has read anything.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            peer.tlsFailed("peer closed connection in SSL handshake");
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release();
        ctx.fireChannelInactive();
    }

    private void release() {
        ByteBuf all = held;
        held = null;
        if (all != null) {
            all.release();
        }
    }
}
