package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.loop.TurnScene.Echo;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What many connections of one loop read and send in one turn, by one call each way or by their own. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@ExtendWith(LeakWatch.class)
class TurnCallsTest {

    private static final int MANY = 150;

    @Parameter
    boolean ring;

    private static byte[] message(int client, int round, int size) {
        String text = "client " + client + ", round " + round + ";";
        return text.repeat(size / text.length() + 1).substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void eachGetsItsOwnBytes() throws Exception {
        try (TurnScene scene = new TurnScene(MANY, ring)) {
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
    void whatWasReadTogetherMayBeWrittenOverUnlessSomebodyKeepsAPart() throws Exception {
        try (TurnScene scene = new TurnScene(3, ring)) {
            scene.awaitRing();
            List<Boolean> writable = new CopyOnWriteArrayList<>();
            for (Echo echo : scene.accepted) {
                echo.whenBytes = in -> {
                    writable.add(scene.loop.isWritable(in));
                    ByteBuf part = in.retainedSlice(in.readerIndex(), 1);
                    writable.add(scene.loop.isWritable(in));
                    part.release();
                };
            }
            scene.allWriteTogether("bytes");
            await().until(() -> writable.size() == 6);
            // One that reads for itself does so into a buffer that is used again within the turn.
            assertThat(writable).containsExactly(ring, false, ring, false, ring, false);
        }
    }

    @Test
    void whatIsSentFromWhereItWasReadHoldsNoMoreBuffersThanOneCallFills() throws Exception {
        try (TurnScene scene = new TurnScene(MANY, ring)) {
            scene.awaitRing();
            Set<Long> buffers = ConcurrentHashMap.newKeySet();
            for (Echo echo : scene.accepted) {
                echo.whenBytes = in -> {
                    buffers.add(in.memoryAddress());
                    echo.unsent = in.retainedSlice();
                    echo.later.ask();
                };
            }
            scene.allWriteTogether("bytes");
            for (Socket client : scene.clients) {
                assertThat(client.getInputStream().readNBytes(5)).asString(StandardCharsets.US_ASCII)
                        .isEqualTo("bytes");
            }
            if (ring) {
                assertThat(buffers).hasSizeLessThanOrEqualTo(CallRing.CAPACITY);
            }
        }
    }

    @Test
    void whatIsKeptStaysAsItIsInTheTurnsThatFollow() throws Exception {
        try (TurnScene scene = new TurnScene(3, ring)) {
            scene.awaitRing();
            List<ByteBuf> kept = new CopyOnWriteArrayList<>();
            for (Echo echo : scene.accepted) {
                echo.whenBytes = in -> kept.add(in.retainedSlice());
            }
            List<String> rounds = List.of("first", "other", "third");
            for (String round : rounds) {
                int before = kept.size();
                scene.allWriteTogether(round);
                await().until(() -> kept.size() == before + 3);
            }
            scene.loop.executor().submit(() -> {
                for (int i = 0; i < kept.size(); i++) {
                    assertThat(kept.get(i).toString(StandardCharsets.US_ASCII)).isEqualTo(rounds.get(i / 3));
                }
                kept.forEach(ByteBuf::release);
            }).get();
        }
    }

    @Test
    void whatDoesNotFitIsReadOn() throws Exception {
        try (TurnScene scene = new TurnScene(5, ring)) {
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
        try (TurnScene scene = new TurnScene(3, ring)) {
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
        try (TurnScene scene = new TurnScene(10, ring)) {
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
            assertThat(scene.clientOf(first).getInputStream().readNBytes(10)).isEqualTo(message(0, 0, 10));
            await().until(() -> scene.accepted.stream().filter(echo -> echo.channel.isOpen()).count() == 1);
        }
    }

    @Test
    void aSendToWhomHasResetFailsForHimAlone() throws Exception {
        try (TurnScene scene = new TurnScene(2, ring)) {
            scene.awaitRing();
            Echo gone = scene.accepted.get(0);
            gone.channel.eventLoop().submit(() -> gone.channel.config().setAutoRead(false)).get();
            Socket leaver = scene.clientOf(gone);
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
        try (TurnScene scene = new TurnScene(10, ring)) {
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

    @Test
    void whoThrowsLosesHisOwnConnectionAlone() throws Exception {
        try (TurnScene scene = new TurnScene(4, ring)) {
            scene.awaitRing();
            Runnable bug = () -> {
                throw new IllegalStateException("a bug that this test wants");
            };
            scene.accepted.get(0).whenSent = bug;
            scene.accepted.get(1).whenAsked = bug;
            scene.allSendTogether(10);
            for (Echo echo : scene.accepted.subList(2, 4)) {
                assertThat(scene.clientOf(echo).getInputStream().readNBytes(10)).hasSize(10);
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
        try (TurnScene scene = new TurnScene(1, ring)) {
            Echo echo = scene.accepted.getFirst();
            echo.whenSent = () -> new Writes(scene.loop, echo.channel)
                    .write(scene.loop.allocator().directBuffer().writeZero(5));
            scene.allSendTogether(10);
            // The loop has nothing else to wake it up.
            var in = scene.clients.getFirst().getInputStream();
            await().until(() -> in.available() == 15);
        }
    }

    @Test
    void whatOneThatClosedHadToSendGoesToNobody() throws Exception {
        try (TurnScene scene = new TurnScene(3, ring);
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
            scene.allSendTogether(10);
            assertThat(scene.clientOf(scene.accepted.get(2)).getInputStream().readNBytes(10)).hasSize(10);
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
