package io.frontdesk.engine.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection in the clear to a server that speaks HTTP/2 too: what begins with the preface of HTTP/2 is HTTP/2
 * (RFC 9113 §3.3), all else HTTP/1. Then it makes way. Owned by its connection; loop only.
 */
public final class PrefaceEntry extends ChannelInboundHandlerAdapter {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final ClientAddress address;
    private @Nullable ByteBuf held;

    /** For the connection from an address. */
    public PrefaceEntry(ClientAddress address) {
        this.address = address;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf before = held;
        if (before != null) {
            before.writeBytes(in);
            in.release();
            in = before;
        }
        int length = Math.min(PREFACE.length, in.readableBytes());
        boolean begins = true;
        for (int i = 0; i < length && begins; i++) {
            begins = in.getByte(in.readerIndex() + i) == PREFACE[i];
        }
        if (begins && length < PREFACE.length) {
            keep(context, in);
            return;
        }
        held = null;
        if (begins) {
            address.protocol().beginHttp2();
        }
        context.fireChannelRead(in);
        context.fireChannelReadComplete();
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    /** What was received lies in a buffer that belongs to the loop: what stays is copied. */
    private void keep(ChannelHandlerContext context, ByteBuf in) {
        if (held != in) {
            ByteBuf own = context.alloc().directBuffer(256);
            own.writeBytes(in);
            in.release();
            held = own;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        release();
        context.fireChannelInactive();
    }

    private void release() {
        ByteBuf in = held;
        held = null;
        if (in != null) {
            in.release();
        }
    }
}
