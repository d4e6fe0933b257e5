package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.loop.TurnScene.Echo;
import io.netty.channel.ChannelConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Epoll tells of bytes once; whatever a connection does meanwhile, it reads all of them, though its peer sends nothing more. */
@ExtendWith(LeakWatch.class)
class EdgesTest {
    /** More than a connection reads before the others have their turn. */
    private static final int BYTES = 3 << 20;

    /** What a connection does as it is handed bytes. */
    enum Habit {
        READS_ON {
            @Override
            void when(Echo echo, List<Echo> all) {}
        },
        PAUSES_AND_GOES_ON_AT_ONCE {
            @Override
            void when(Echo echo, List<Echo> all) {
                ChannelConfig config = echo.channel.config();
                config.setAutoRead(false);
                config.setAutoRead(true);
            }
        },
        GOES_ON_AS_A_TASK {
            @Override
            void when(Echo echo, List<Echo> all) {
                echo.channel.config().setAutoRead(false);
                echo.loop.execute(() -> echo.channel.config().setAutoRead(true));
            }
        },
        GOES_ON_TURNS_LATER {
            @Override
            void when(Echo echo, List<Echo> all) {
                echo.channel.config().setAutoRead(false);
                later(echo, 3);
            }

            private void later(Echo echo, int turns) {
                echo.loop.execute(() -> {
                    if (turns > 0) {
                        later(echo, turns - 1);
                    } else {
                        echo.channel.config().setAutoRead(true);
                    }
                });
            }
        },
        PAUSES_THE_OTHERS {
            @Override
            void when(Echo echo, List<Echo> all) {
                for (Echo other : all) {
                    if (other != echo) {
                        other.channel.config().setAutoRead(false);
                        echo.loop.execute(() -> other.channel.config().setAutoRead(true));
                    }
                }
            }
        };

        abstract void when(Echo echo, List<Echo> all);
    }

    /** Counts, for each connection, the bytes that it reads in its habit. */
    private static List<AtomicInteger> counts(TurnScene scene, Habit habit) {
        List<AtomicInteger> counts = new ArrayList<>();
        for (Echo echo : scene.accepted) {
            AtomicInteger count = new AtomicInteger();
            counts.add(count);
            echo.whenBytes = in -> {
                count.addAndGet(in.readableBytes());
                habit.when(echo, scene.accepted);
            };
        }
        return counts;
    }

    @ParameterizedTest
    @CsvSource({"READS_ON,true", "READS_ON,false", "PAUSES_AND_GOES_ON_AT_ONCE,true",
            "PAUSES_AND_GOES_ON_AT_ONCE,false",
            "GOES_ON_AS_A_TASK,true", "GOES_ON_AS_A_TASK,false", "GOES_ON_TURNS_LATER,true",
            "GOES_ON_TURNS_LATER,false",
            "PAUSES_THE_OTHERS,true", "PAUSES_THE_OTHERS,false"})
    void whatIsReadInPiecesIsReadWhole(Habit habit, boolean ring) throws Exception {
        try (TurnScene scene = new TurnScene(4, ring)) {
            scene.awaitRing();
            List<AtomicInteger> counts = counts(scene, habit);
            List<Future<?>> sending = new ArrayList<>();
            for (Socket client : scene.clients) {
                FutureTask<Void> task = new FutureTask<>(() -> {
                    client.getOutputStream().write(new byte[BYTES]);
                    return null;
                });
                Thread.ofVirtual().start(task);
                sending.add(task);
            }
            for (Future<?> sent : sending) {
                sent.get();
            }
            await().untilAsserted(() -> assertThat(counts).allMatch(count -> count.get() == BYTES));
        }
    }

    /** Who has much to read must let the others have their turns. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsOnlySoMuchInOneTurn(boolean ring) throws Exception {
        try (TurnScene scene = new TurnScene(1, ring)) {
            scene.awaitRing();
            Echo echo = scene.accepted.getFirst();
            AtomicInteger count = new AtomicInteger();
            Map<Long, Integer> readsOfTurn = new ConcurrentHashMap<>();
            echo.whenBytes = in -> {
                count.addAndGet(in.readableBytes());
                readsOfTurn.merge(echo.loop.turns(), 1, Integer::sum);
            };
            Socket client = scene.clients.getFirst();
            Thread.ofVirtual().start(() -> {
                try {
                    client.getOutputStream().write(new byte[8 * BYTES]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().until(() -> count.get() == 8 * BYTES);
            assertThat(readsOfTurn.values()).allMatch(reads -> reads <= 3 * SharedReceive.MAX_READS);
        }
    }

    /** The bytes and their end come while nobody reads, so that there is one event for both. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndBehindWhatFillsManyBuffersIsSeen(boolean ring) throws Exception {
        try (TurnScene scene = new TurnScene(3, ring)) {
            scene.awaitRing();
            List<AtomicInteger> counts = counts(scene, Habit.READS_ON);
            int bytes = 60_000;
            scene.inOneTurn(() -> {
                for (Socket client : scene.clients) {
                    client.getOutputStream().write(new byte[bytes]);
                    client.shutdownOutput();
                }
            });
            await().until(() -> scene.accepted.stream().allMatch(echo -> echo.events.contains("end")));
            assertThat(counts).allMatch(count -> count.get() == bytes);
        }
    }

    /** A connection waits for room to write, and has none left to wait for, and reads as before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHadToWaitForRoomStillHears(boolean ring) throws Exception {
        try (TurnScene scene = new TurnScene(2, ring)) {
            scene.awaitRing();
            int bytes = 8 << 20;
            for (int round = 0; round < 3; round++) {
                scene.allSendTogether(bytes);
                for (Socket client : scene.clients) {
                    client.getOutputStream().write(new byte[]{1, 2, 3});
                    assertThat(client.getInputStream().readNBytes(bytes + 3)).hasSize(bytes + 3);
                    client.getOutputStream().write(new byte[]{4, 5});
                    assertThat(client.getInputStream().readNBytes(2)).containsExactly(4, 5);
                }
            }
        }
    }
}
