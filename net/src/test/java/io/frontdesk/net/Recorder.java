package io.frontdesk.net;

import io.frontdesk.net.listen.ConnectionFactory;
import io.frontdesk.net.listen.Listener;
import io.frontdesk.net.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Accepts one connection for a test, and writes down what happens to it. */
public final class Recorder extends ChannelInboundHandlerAdapter implements ConnectionFactory {

    public final CompletableFuture<Channel> channel = new CompletableFuture<>();
    public final CompletableFuture<Loop> loop = new CompletableFuture<>();
    public final List<Object> events = new CopyOnWriteArrayList<>();
    public final AtomicLong bytes = new AtomicLong();
    private volatile String text = "";
    private final boolean reads;

    /** Whether the connection reads from its start. */
    public Recorder(boolean reads) {
        this.reads = reads;
    }

    public String text() {
        return text;
    }

    @Override
    public void accepted(Channel accepted, Listener listener, Loop of) {
        accepted.config().setAutoRead(reads);
        accepted.pipeline().addLast(this);
        loop.complete(of);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel.complete(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        bytes.addAndGet(buffer.readableBytes());
        if (text.length() < 100) {
            text = text.concat(buffer.toString(StandardCharsets.ISO_8859_1));
        }
        buffer.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        events.add(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        events.add("inactive");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        events.add(Errno.of(cause));
    }
}
