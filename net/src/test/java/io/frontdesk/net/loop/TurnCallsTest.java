package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.LeakWatch;
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
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What many connections of one loop read and send in one turn, by one call each way or by their own. */
@ExtendWith(LeakWatch.class)
class TurnCallsTest {

    private static final int MANY = 150;

    /** Sends back what comes as its turn ends, and writes down what happens. */
    private static final class Echo extends ChannelInboundHandlerAdapter implements LaterSend.Owner {
        final Loop loop;
        final Channel channel;
        final LaterSend later;
        final List<String> events = new CopyOnWriteArrayList<>();
        @Nullable
        ByteBuf unsent;
        Runnable whenRead = () -> {};
        Runnable whenAsked = () -> {};
        Runnable whenSent = () -> {};

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
            channel.writeAndFlush(rest, channel.voidPromise());
        }

        @Override
        public void sendFailed(IOException cause) {
            events.add("send failed");
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

    private static final class Scene implements ConnectionFactory, AutoCloseable {
        final EventLoops loops = EventLoops.start(1, Transport.EPOLL);
        final Loop loop = loops.loop(0);
        final List<Echo> accepted = new CopyOnWriteArrayList<>();
        final List<Socket> clients = new ArrayList<>();
        final Listener listener;

        Scene(int connections) throws Exception {
            listener = ((Listener.Opening.Opened) Listener.open(loops,
                    new ListenAddress.Inet(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT, this))
                    .listener();
            listener.start();
            for (int i = 0; i < connections; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
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

        /** The ring is made when it is wanted for the first time. */
        void awaitRing() {
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
    }

    private interface Happening {
        void happens() throws Exception;
    }

    private static byte[] message(int client, int round, int size) {
        String text = "client " + client + ", round " + round + ";";
        return text.repeat(size / text.length() + 1).substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void eachGetsItsOwnBytes() throws Exception {
        try (Scene scene = new Scene(MANY)) {
            scene.awaitRing();
            for (int round = 0; round < 20; round++) {
                int now = round;
                scene.inOneTurn(() -> {
                    for (int i = 0; i < MANY; i++) {
                        scene.clients.get(i).getOutputStream().write(message(i, now, 20 + i));
                    }
                });
                for (int i = 0; i < MANY; i++) {
                    assertThat(scene.clients.get(i).getInputStream().readNBytes(20 + i))
                            .isEqualTo(message(i, now, 20 + i));
                }
            }
        }
    }

    @Test
    void whatDoesNotFitIsReadOn() throws Exception {
        try (Scene scene = new Scene(5)) {
            scene.awaitRing();
            int size = 2 * TurnReads.BYTES + 100;
            scene.inOneTurn(() -> {
                for (int i = 0; i < 5; i++) {
                    scene.clients.get(i).getOutputStream().write(message(i, 0, size));
                }
            });
            for (int i = 0; i < 5; i++) {
                assertThat(scene.clients.get(i).getInputStream().readNBytes(size)).isEqualTo(message(i, 0, size));
            }
        }
    }

    @Test
    void whatASocketDoesNotTakeGoesThroughItsChannel() throws Exception {
        try (Scene scene = new Scene(3)) {
            scene.awaitRing();
            int size = 8 << 20;
            scene.inOneTurn(() -> scene.loop.execute(() -> {
                for (int i = 0; i < 3; i++) {
                    Echo echo = scene.accepted.get(i);
                    echo.unsent = scene.loop.allocator().directBuffer(size).writeZero(size);
                    echo.later.ask();
                }
            }));
            for (int i = 0; i < 3; i++) {
                assertThat(scene.clients.get(i).getInputStream().readNBytes(size)).hasSize(size);
                assertThat(scene.accepted.get(i).events).contains("rest");
            }
        }
    }

    @Test
    void whoClosedMeanwhileIsLeftAlone() throws Exception {
        try (Scene scene = new Scene(10)) {
            scene.awaitRing();
            Echo first = scene.accepted.getFirst();
            first.whenRead = () -> scene.accepted.forEach(echo -> {
                if (echo != first) {
                    echo.channel.close();
                }
            });
            scene.inOneTurn(() -> {
                for (Socket client : scene.clients) {
                    client.getOutputStream().write(message(0, 0, 10));
                }
            });
            Socket known = scene.clients.stream()
                    .filter(client -> client.getLocalSocketAddress().equals(first.channel.remoteAddress())).findFirst()
                    .orElseThrow();
            assertThat(known.getInputStream().readNBytes(10)).isEqualTo(message(0, 0, 10));
            await().until(() -> scene.accepted.stream().filter(echo -> echo.channel.isOpen()).count() == 1);
        }
    }

    @Test
    void aSendToWhomHasResetFailsForHimAlone() throws Exception {
        try (Scene scene = new Scene(2)) {
            scene.awaitRing();
            Echo gone = scene.accepted.get(0);
            gone.channel.eventLoop().submit(() -> gone.channel.config().setAutoRead(false)).get();
            Socket leaver = scene.clients.stream()
                    .filter(client -> client.getLocalSocketAddress().equals(gone.channel.remoteAddress())).findFirst()
                    .orElseThrow();
            scene.inOneTurn(() -> {
                leaver.setSoLinger(true, 0);
                leaver.close();
                scene.loop.execute(() -> {
                    for (Echo echo : scene.accepted) {
                        echo.unsent = scene.loop.allocator().directBuffer().writeZero(10);
                        echo.later.ask();
                    }
                });
            });
            Socket other = scene.clients.get(leaver == scene.clients.get(0) ? 1 : 0);
            assertThat(other.getInputStream().readNBytes(10)).hasSize(10);
            await().until(() -> gone.events.contains("send failed") && scene.accepted.get(1).events.contains("sent"));
        }
    }

    @Test
    void anEndIsFoundAmongOthersBytes() throws Exception {
        try (Scene scene = new Scene(10)) {
            scene.awaitRing();
            scene.inOneTurn(() -> {
                for (int i = 0; i < 10; i++) {
                    if (i % 2 == 0) {
                        scene.clients.get(i).shutdownOutput();
                    } else {
                        scene.clients.get(i).getOutputStream().write(message(i, 0, 10));
                    }
                }
            });
            for (int i = 1; i < 10; i += 2) {
                assertThat(scene.clients.get(i).getInputStream().readNBytes(10)).isEqualTo(message(i, 0, 10));
            }
            await().until(() -> scene.accepted.stream().filter(echo -> echo.events.contains("end")).count() == 5);
        }
    }

    /** The client of a connection. */
    private static Socket clientOf(Scene scene, Echo echo) {
        return scene.clients.stream()
                .filter(client -> client.getLocalSocketAddress().equals(echo.channel.remoteAddress())).findFirst()
                .orElseThrow();
    }

    private static void allSendTogether(Scene scene, int bytes) throws Exception {
        scene.inOneTurn(() -> scene.loop.execute(() -> {
            for (Echo echo : scene.accepted) {
                echo.unsent = scene.loop.allocator().directBuffer().writeZero(bytes);
                echo.later.ask();
            }
        }));
    }

    @Test
    void whoThrowsLosesHisOwnConnectionAlone() throws Exception {
        try (Scene scene = new Scene(4)) {
            scene.awaitRing();
            Runnable bug = () -> {
                throw new IllegalStateException("a bug that this test wants");
            };
            scene.accepted.get(0).whenSent = bug;
            scene.accepted.get(1).whenAsked = bug;
            allSendTogether(scene, 10);
            for (Echo echo : scene.accepted.subList(2, 4)) {
                assertThat(clientOf(scene, echo).getInputStream().readNBytes(10)).hasSize(10);
                await().until(() -> echo.events.contains("sent"));
            }
            for (Echo echo : scene.accepted.subList(0, 2)) {
                await().until(() -> echo.events.contains("broken") && !echo.channel.isOpen());
            }
            assertThat(scene.loop.executor().isShutdown()).isFalse();
        }
    }

    @Test
    void whatIsWrittenWhenAMessageIsOutGoesOutToo() throws Exception {
        try (Scene scene = new Scene(1)) {
            Echo echo = scene.accepted.getFirst();
            echo.whenSent = () -> new Writes(scene.loop, echo.channel)
                    .write(scene.loop.allocator().directBuffer().writeZero(5));
            allSendTogether(scene, 10);
            // The loop has nothing else to wake it up.
            var in = scene.clients.getFirst().getInputStream();
            await().until(() -> in.available() == 15);
        }
    }

    @Test
    void whatOneThatClosedHadToSendGoesToNobody() throws Exception {
        try (Scene scene = new Scene(3);
                ServerSocket elsewhere = new ServerSocket(0, 5,
                        InetAddress.getLoopbackAddress())) {
            scene.awaitRing();
            List<Socket> opened = new ArrayList<>();
            // Asked after it, when its message is in the batch already.
            scene.accepted.get(1).whenAsked = () -> {
                scene.accepted.get(0).channel.close();
                try {
                    // Gets the number of a descriptor that is free.
                    opened.add(new Socket(InetAddress.getLoopbackAddress(), elsewhere.getLocalPort()));
                    opened.add(new Socket(InetAddress.getLoopbackAddress(), elsewhere.getLocalPort()));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            };
            allSendTogether(scene, 10);
            assertThat(clientOf(scene, scene.accepted.get(2)).getInputStream().readNBytes(10)).hasSize(10);
            await().until(() -> scene.accepted.get(1).events.contains("sent"));
            for (Socket end : opened) {
                end.close();
                try (Socket other = elsewhere.accept()) {
                    assertThat(other.getInputStream().readAllBytes()).isEmpty();
                }
            }
            assertThat(scene.accepted.get(0).events).doesNotContain("sent");
        }
    }
}
