package io.frontdesk.engine.client;

import io.frontdesk.codec.proxyprotocol.ProxyHeaderReader;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection to a socket with {@code proxy_protocol}: reads the PROXY header, and makes way for what comes behind
 * it, TLS or a request. Owned by its connection; loop only.
 */
public final class ProxyEntry extends ChannelInboundHandlerAdapter {
    private final ConnectionPlan plan;
    private final ClientAddress address;
    private @Nullable ByteBuf held;

    /** For the connection from an address. */
    public ProxyEntry(ConnectionPlan plan, ClientAddress address) {
        this.plan = plan;
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
        switch (ProxyHeaderReader.read(in)) {
            case ProxyHeaderReader.Result.NeedMore more -> keep(context, in);
            case ProxyHeaderReader.Result.Read read -> {
                held = null;
                address.proxyHeader(read.header());
                if (in.isReadable()) {
                    context.fireChannelRead(in);
                } else {
                    in.release();
                }
                context.fireChannelReadComplete();
                if (!context.isRemoved()) {
                    context.pipeline().remove(this);
                }
            }
            case ProxyHeaderReader.Result.Broken broken -> {
                held = in;
                String shown = in.toString(in.readerIndex(), Math.min(in.readableBytes(), 128),
                        StandardCharsets.ISO_8859_1);
                plan.log(Severity.ERROR, FaultKind.BAD_REQUEST,
                        "broken header: \"" + shown + "\" while reading PROXY protocol");
                address.protocol().closeNow();
            }
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
    public void channelReadComplete(ChannelHandlerContext context) {
        // Nobody behind it has read anything.
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
