package io.frontdesk.engine.http1;

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
final class ProxyEntry extends ChannelInboundHandlerAdapter {
    private final Http1Connection connection;
    private final ClientAddress address;
    private @Nullable ByteBuf held;

    ProxyEntry(Http1Connection connection, ClientAddress address) {
        this.connection = connection;
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
                connection.logOutside(Severity.ERROR, FaultKind.BAD_REQUEST,
                        "broken header: \"" + shown + "\" while reading PROXY protocol");
                connection.closeNow();
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
