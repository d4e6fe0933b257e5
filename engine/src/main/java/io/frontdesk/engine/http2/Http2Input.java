package io.frontdesk.engine.http2;

import io.frontdesk.net.loop.PeerEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** The last handler in a client's pipeline: turns Netty's events into calls on its connection. */
final class Http2Input extends ChannelInboundHandlerAdapter {
    private final Http2Connection connection;

    Http2Input(Http2Connection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        connection.takeInput((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        connection.inputComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.writabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            connection.inputEnded();
        } else if (event == PeerEnd.RESET) {
            connection.peerReset();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.failed(cause);
    }
}
