package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.listen.ConnectionFactory;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import io.frontdesk.net.listen.Listener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Clients of one loop that can be told to do what they do within one of its turns. */
final class TurnScene implements ConnectionFactory, AutoCloseable {
    private static final String RING = "frontdesk.io_uring";
    /** How long a client waits for bytes before the test has failed. */
    static final int DEADLINE_MILLIS = 30_000;
    private static final int RECEIVE_BYTES = 128 * 1024;

    /** Sends back what comes as its turn ends, and writes down what happens. */
    static final class Echo extends ChannelInboundHandlerAdapter implements LaterSend.Owner {
        final Loop loop;
        final Channel channel;
        final LaterSend later;
        final List<String> events = new CopyOnWriteArrayList<>();
        @Nullable
        ByteBuf unsent;
        volatile int restBytes;
        Runnable whenRead = () -> {};
        /** Takes what is read instead of sending it back, where there is one. */
        @Nullable
        Consumer<ByteBuf> whenBytes;
        Runnable whenAsked = () -> {};
        Runnable whenSent = () -> {};
        Runnable whenRest = () -> {};
        Runnable whenEnded = () -> {};
        Runnable whenFailed = () -> {};

        Echo(Loop loop, Channel channel) {
            this.loop = loop;
            this.channel = channel;
            LaterSend made = LaterSend.of(loop, channel, this);
            assertThat(made).isNotNull();
            this.later = made;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            whenRead.run();
            Consumer<ByteBuf> taker = whenBytes;
            if (taker != null) {
                taker.accept(in);
                in.release();
                return;
            }
            if (unsent == null && !later.isFree()) {
                channel.writeAndFlush(loop.allocator().directBuffer().writeBytes(in), channel.voidPromise());
            } else {
                ByteBuf out = unsent == null ? loop.allocator().directBuffer() : unsent;
                unsent = out.writeBytes(in);
                later.ask();
            }
            in.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            events.add("read");
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                events.add("end");
                whenEnded.run();
                channel.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            events.add("broken");
            channel.close();
        }

        @Override
        public @Nullable ByteBuf giveMessage() {
            whenAsked.run();
            ByteBuf out = unsent;
            unsent = null;
            return out;
        }

        @Override
        public void sent() {
            events.add("sent");
            whenSent.run();
        }

        @Override
        public void takeRest(ByteBuf rest) {
            events.add("rest");
            restBytes = rest.readableBytes();
            channel.writeAndFlush(rest, channel.voidPromise());
            whenRest.run();
        }

        @Override
        public void sendFailed(IOException cause) {
            events.add("send failed");
            whenFailed.run();
            channel.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (unsent != null) {
                unsent.release();
                unsent = null;
            }
        }
    }

    final EventLoops loops;
    final Loop loop;
    private final boolean ring;
    final List<Echo> accepted = new CopyOnWriteArrayList<>();
    final List<Socket> clients = new ArrayList<>();
    final Listener listener;

    /** With so many clients; {@code ring} says whether their calls are made together. */
    TurnScene(int connections, boolean ring) throws Exception {
        this.ring = ring;
        this.loops = start(ring);
        this.loop = loops.loop(0);
        listener = ((Listener.Opening.Opened) Listener.open(loops,
                new ListenAddress.Inet(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT, this))
                .listener();
        listener.start();
        for (int i = 0; i < connections; i++) {
            Socket client = new Socket();
            // Left to the system, it may grow to whatever a test sends.
            client.setReceiveBufferSize(RECEIVE_BYTES);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
            client.setSoTimeout(DEADLINE_MILLIS);
            clients.add(client);
        }
        await().until(() -> accepted.size() == connections);
    }

    @Override
    public void accepted(Channel channel, Listener of, Loop on) {
        Echo echo = new Echo(on, channel);
        channel.pipeline().addLast(echo);
        accepted.add(echo);
    }

    /** All that happens meanwhile the loop finds in one turn. */
    void inOneTurn(Happening happening) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        loop.execute(() -> {
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        begun.await();
        happening.happens();
        over.countDown();
    }

    private static EventLoops start(boolean ring) {
        String before = System.getProperty(RING, "on");
        System.setProperty(RING, ring ? "on" : "off");
        try {
            return EventLoops.start(1, Transport.EPOLL);
        } finally {
            System.setProperty(RING, before);
        }
    }

    /** The ring, if there shall be one, is made when it is wanted for the first time. */
    void awaitRing() {
        if (!ring) {
            return;
        }
        await().until(() -> loop.executor().submit(() -> loop.reads().available()).get());
    }

    @Override
    public void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        listener.close();
        loops.close();
    }

    /** The client of a connection. */
    Socket clientOf(Echo echo) {
        return clients.stream()
                .filter(client -> client.getLocalSocketAddress().equals(echo.channel.remoteAddress())).findFirst()
                .orElseThrow();
    }

    /** All connections ask in one turn to send so many bytes. */
    void allSendTogether(int bytes) throws Exception {
        inOneTurn(() -> loop.execute(() -> {
            for (Echo echo : accepted) {
                echo.unsent = loop.allocator().directBuffer().writeZero(bytes);
                echo.later.ask();
            }
        }));
    }

    /** All clients write the text in one turn. */
    void allWriteTogether(String text) throws Exception {
        inOneTurn(() -> {
            for (Socket client : clients) {
                client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    /** What happens at once. */
    interface Happening {
        void happens() throws Exception;
    }
}
