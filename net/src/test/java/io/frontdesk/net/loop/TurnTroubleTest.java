package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.loop.TurnScene.Echo;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with one connection in a turn in which others read and send too. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@ExtendWith(LeakWatch.class)
class TurnTroubleTest {
    private static final int LARGE = 8 << 20;

    @Parameter
    boolean ring;

    private static void bug() {
        throw new IllegalStateException("a bug that this test wants");
    }

    private static byte[] letters(int size) {
        byte[] letters = new byte[size];
        for (int i = 0; i < size; i++) {
            letters[i] = (byte) ('a' + i % 23);
        }
        return letters;
    }

    private static ByteBuf buffer(TurnScene scene, byte[] bytes) {
        return scene.loop.allocator().directBuffer(bytes.length).writeBytes(bytes);
    }

    /** The connections ask in one turn to send these messages. */
    private static void sendTogether(TurnScene scene, byte[]... messages) throws Exception {
        scene.inOneTurn(() -> scene.loop.execute(() -> {
            for (int i = 0; i < messages.length; i++) {
                Echo echo = scene.accepted.get(i);
                echo.unsent = buffer(scene, messages[i]);
                echo.later.ask();
            }
        }));
    }

    private static byte[] read(Socket client, int size) throws IOException {
        client.setSoTimeout(TurnScene.DEADLINE_MILLIS);
        return client.getInputStream().readNBytes(size);
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Something else that gets the number of a descriptor that is free now. */
    private static Socket another(ServerSocket elsewhere) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), elsewhere.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoThrowsAsHeHearsOfARestOrAFailureIsAlone() throws Exception {
        try (TurnScene scene = new TurnScene(4, ring)) {
            scene.awaitRing();
            Echo full = scene.accepted.get(0);
            Echo gone = scene.accepted.get(1);
            full.whenRest = TurnTroubleTest::bug;
            gone.whenFailed = TurnTroubleTest::bug;
            gone.channel.eventLoop().submit(() -> gone.channel.config().setAutoRead(false)).get();
            scene.inOneTurn(() -> {
                reset(scene.clientOf(gone));
                scene.loop.execute(() -> {
                    for (Echo echo : scene.accepted) {
                        echo.unsent = buffer(scene, letters(echo == full ? LARGE : 10));
                        echo.later.ask();
                    }
                });
            });
            for (Echo echo : scene.accepted.subList(2, 4)) {
                assertThat(read(scene.clientOf(echo), 10)).isEqualTo(letters(10));
            }
            await().until(() -> !full.channel.isOpen() && !gone.channel.isOpen());
            assertThat(full.events).contains("rest", "broken");
            assertThat(gone.events).contains("send failed", "broken");
            Socket other = scene.clientOf(scene.accepted.get(2));
            other.getOutputStream().write(letters(5));
            assertThat(read(other, 5)).isEqualTo(letters(5));
        }
    }

    @Test
    void whatASendBringsIsSentHoweverLongThatGoesOn() throws Exception {
        int count = 50;
        try (TurnScene scene = new TurnScene(1, ring)) {
            scene.awaitRing();
            Echo echo = scene.accepted.getFirst();
            AtomicInteger more = new AtomicInteger(count);
            echo.whenSent = () -> {
                if (more.getAndDecrement() > 0) {
                    echo.unsent = buffer(scene, letters(10));
                    echo.later.ask();
                }
            };
            scene.allSendTogether(10);
            // The loop has nothing else to wake it up.
            assertThat(read(scene.clients.getFirst(), 10 + 10 * count)).hasSize(10 + 10 * count);
        }
    }

    @Test
    void theRestOfAMessageKeepsItsPlace() throws Exception {
        try (TurnScene scene = new TurnScene(3, ring)) {
            scene.awaitRing();
            byte[] large = letters(LARGE);
            byte[] next = "what is written next".getBytes(StandardCharsets.US_ASCII);
            AtomicInteger written = new AtomicInteger();
            for (Echo echo : scene.accepted) {
                echo.whenRest = () -> {
                    assertThat(echo.later.isFree()).isFalse();
                    echo.channel.writeAndFlush(buffer(scene, next), echo.channel.voidPromise());
                    written.incrementAndGet();
                };
            }
            sendTogether(scene, large, large, large);
            // A client that reads meanwhile may let the socket take all of the rest, and nothing would wait.
            await().until(() -> written.get() == scene.accepted.size());
            for (Echo echo : scene.accepted) {
                Socket client = scene.clientOf(echo);
                assertThat(read(client, LARGE)).isEqualTo(large);
                assertThat(read(client, next.length)).isEqualTo(next);
                assertThat(echo.restBytes).isBetween(1, LARGE - 1);
                assertThat(echo.events).doesNotContain("broken");
            }
        }
    }

    @Test
    void aMessageToAFullSocketGoesThroughTheChannel() throws Exception {
        try (TurnScene scene = new TurnScene(3, ring)) {
            scene.awaitRing();
            List<Echo> full = scene.accepted.subList(0, 2);
            AtomicIntegerArray before = new AtomicIntegerArray(full.size());
            for (int i = 0; i < full.size(); i++) {
                int number = i;
                Echo echo = full.get(i);
                echo.whenAsked = () -> before.addAndGet(number, fill(scene, echo));
            }
            // The kernel makes some room when it likes, so the message is one that can't fit into that.
            byte[] message = letters(LARGE);
            sendTogether(scene, message, message, letters(100));
            assertThat(read(scene.clientOf(scene.accepted.get(2)), 100)).isEqualTo(letters(100));
            await().until(() -> full.stream().allMatch(echo -> echo.restBytes > 0));
            for (int i = 0; i < full.size(); i++) {
                Socket client = scene.clientOf(full.get(i));
                assertThat(read(client, before.get(i))).hasSize(before.get(i));
                assertThat(read(client, LARGE)).isEqualTo(message);
            }
        }
    }

    /** Sends past the channel until the socket takes no more; gives how many bytes it took. */
    private static int fill(TurnScene scene, Echo echo) {
        var socket = (io.netty.channel.unix.Socket) echo.later.socket;
        ByteBuf zeros = buffer(scene, new byte[64 * 1024]);
        int all = 0;
        try {
            for (int sent = 1; sent > 0; all += sent) {
                sent = Math.max(0, socket.sendAddress(zeros.memoryAddress(), 0, zeros.writerIndex()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        zeros.release();
        return all;
    }

    @Test
    void whoClosesAsHeIsAskedSendsNothing() throws Exception {
        for (int connections : new int[]{1, 3}) {
            try (TurnScene scene = new TurnScene(connections, ring)) {
                scene.awaitRing();
                Echo closing = scene.accepted.getFirst();
                closing.whenAsked = closing.channel::close;
                scene.allSendTogether(10);
                assertThat(read(scene.clientOf(closing), 1)).isEmpty();
                for (Echo echo : scene.accepted.subList(1, connections)) {
                    assertThat(read(scene.clientOf(echo), 10)).hasSize(10);
                }
                assertThat(closing.events).doesNotContain("sent", "send failed", "rest");
            }
        }
    }

    @Test
    void whoIsClosedWhenAnothersMessageIsOutHarmsNobody() throws Exception {
        try (TurnScene scene = new TurnScene(4, ring)) {
            scene.awaitRing();
            Echo closed = scene.accepted.get(1);
            scene.accepted.get(0).whenSent = closed.channel::close;
            scene.allSendTogether(10);
            for (Echo echo : scene.accepted) {
                if (echo != closed) {
                    assertThat(read(scene.clientOf(echo), 10)).hasSize(10);
                    await().until(() -> echo.events.contains("sent"));
                }
            }
            await().until(() -> !closed.channel.isOpen());
            assertThat(closed.events).doesNotContain("broken", "send failed", "rest");
        }
    }

    @Test
    void nothingIsReadFromADescriptorThatIsAnothersByNow() throws Exception {
        try (TurnScene scene = new TurnScene(4, ring);
                ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            scene.awaitRing();
            Echo ending = scene.accepted.get(0);
            Echo closed = scene.accepted.get(1);
            List<Socket> opened = new ArrayList<>();
            List<Socket> theirs = new ArrayList<>();
            ending.whenEnded = () -> {
                closed.channel.close();
                for (int i = 0; i < 3; i++) {
                    opened.add(another(elsewhere));
                    try {
                        Socket their = elsewhere.accept();
                        their.getOutputStream().write(letters(4));
                        theirs.add(their);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
            scene.inOneTurn(() -> {
                // Those that have bytes are found before the end is, and read after it.
                for (Echo echo : scene.accepted) {
                    if (echo != ending) {
                        scene.clientOf(echo).getOutputStream().write(letters(10));
                    }
                }
                scene.clientOf(ending).shutdownOutput();
            });
            for (Echo echo : scene.accepted.subList(2, 4)) {
                assertThat(read(scene.clientOf(echo), 10)).isEqualTo(letters(10));
            }
            await().until(() -> theirs.size() == 3);
            for (int i = 0; i < 3; i++) {
                assertThat(read(opened.get(i), 4)).isEqualTo(letters(4));
                opened.get(i).close();
                theirs.get(i).close();
            }
        }
    }

    @Test
    void whoThrowsAsHeReadsHearsOfItAndIsAlone() throws Exception {
        try (TurnScene scene = new TurnScene(6, ring)) {
            scene.awaitRing();
            Echo throwing = scene.accepted.get(1);
            throwing.whenBytes = in -> {
                in.release();
                bug();
            };
            // The pipeline of one has more than one handler.
            List<String> before = new CopyOnWriteArrayList<>();
            scene.accepted.get(2).channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    before.add("bytes");
                    context.fireChannelRead(message);
                }

                @Override
                public void channelReadComplete(ChannelHandlerContext context) {
                    before.add("read");
                    context.fireChannelReadComplete();
                }
            });
            scene.inOneTurn(() -> {
                for (Echo echo : scene.accepted) {
                    scene.clientOf(echo).getOutputStream().write(letters(10));
                }
            });
            for (Echo echo : scene.accepted) {
                assertThat(read(scene.clientOf(echo), 10)).isEqualTo(echo == throwing ? new byte[0] : letters(10));
            }
            await().untilAsserted(() -> assertThat(throwing.events).containsExactly("broken", "read"));
            await().untilAsserted(() -> assertThat(before).containsExactly("bytes", "read"));
        }
    }

    @Test
    void nothingIsLostWhenReadingIsStoppedMeanwhile() throws Exception {
        try (TurnScene scene = new TurnScene(10, ring)) {
            scene.awaitRing();
            Echo first = scene.accepted.getFirst();
            first.whenRead = () -> scene.accepted.forEach(echo -> echo.channel.config().setAutoRead(false));
            scene.inOneTurn(() -> {
                for (Echo echo : scene.accepted) {
                    scene.clientOf(echo).getOutputStream().write(letters(10));
                }
            });
            assertThat(read(scene.clientOf(first), 10)).isEqualTo(letters(10));
            scene.loop.execute(() -> scene.accepted.forEach(echo -> echo.channel.config().setAutoRead(true)));
            for (Echo echo : scene.accepted) {
                if (echo != first) {
                    assertThat(read(scene.clientOf(echo), 10)).isEqualTo(letters(10));
                }
            }
        }
    }
}
