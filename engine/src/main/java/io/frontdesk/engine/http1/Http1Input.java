package io.frontdesk.engine.http1;

import io.frontdesk.net.loop.PeerEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** The one handler in a client's pipeline: turns Netty's events into calls on its connection. */
public final class Http1Input extends ChannelInboundHandlerAdapter {
    private final Http1Connection connection;
    private final Http1Output output;

    /** For one connection. */
    public Http1Input(Http1Connection connection) {
        this.connection = connection;
        this.output = connection.output();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        connection.takeInput((ByteBuf) message);
        connection.lingerOn();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (connection.tunnel() != null) {
            connection.tunnel().clientReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        output.writabilityChanged();
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
