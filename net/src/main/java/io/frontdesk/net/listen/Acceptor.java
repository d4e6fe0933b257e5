package io.frontdesk.net.listen;

import io.frontdesk.net.Errno;
import io.frontdesk.net.loop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * The pipeline of one listening socket: gives what it accepts to its loop. Lives on the thread of that socket's loop.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {

    /** Held so that the class is there when no descriptor is left to load it with. */
    private static final Errno NONE_LEFT = Errno.EMFILE;

    private final Listener listener;
    private final Loop loop;
    private long accepted;

    Acceptor(Listener listener, Loop loop) {
        this.listener = listener;
        this.loop = loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel child = (Channel) message;
        Loop owner = listener.owner(loop, accepted++);
        if (owner == loop) {
            adopt(child, owner);
        } else {
            owner.execute(() -> adopt(child, owner));
        }
    }

    private void adopt(Channel child, Loop owner) {
        try {
            SocketOptions.accepted(child, listener.options());
            listener.factory().accepted(child, listener, owner);
        } catch (RuntimeException | Error bug) {
            child.unsafe().closeForcibly();
            listener.factory().broken(listener, owner, bug);
            return;
        }
        if (child.isOpen()) {
            owner.register(child, owner.clientReceive());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Errno errno = Errno.of(cause);
        if (errno.equals(Errno.ECONNABORTED)) {
            return;
        }
        if (errno.equals(NONE_LEFT) || errno.equals(Errno.ENFILE)) {
            // nginx: accepting goes on after a rest; until then the connections wait in the kernel.
            ctx.channel().config().setAutoRead(false);
            ctx.executor().schedule(() -> goOn(ctx.channel()), Listener.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        listener.factory().acceptFailed(listener, loop, errno);
    }

    private void goOn(Channel socket) {
        if (!listener.isPaused()) {
            socket.config().setAutoRead(true);
        }
    }
}
