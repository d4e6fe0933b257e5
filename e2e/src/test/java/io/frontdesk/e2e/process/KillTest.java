package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Row: kill -9 and restart, disk cache. Killed at random moments while the cache is being filled, and started again: whatever the cache
 * answers by is what the origin says, byte by byte. {@code -Dfrontdesk.kills=50} makes it the number of kills that the row asks for,
 * {@code -Dfrontdesk.seed=N} repeats a run.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("frontdesk.kills", 4);
    private static final long SEED = Long.getLong("frontdesk.seed", System.nanoTime());
    private static final int KEYS = 120;
    private static final int CLIENTS = 4;
    private static final int MOST_BYTES = 300_000;
    private static final int MOST_ANSWERS = 40;

    private static final String CONFIG = """
            worker_processes 2;
            error_log logs/error.log notice;
            http {
                access_log off;
                proxy_cache_path {{prefix}}/cache levels=1:2 keys_zone=one:1m max_size=20m inactive=1h;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://127.0.0.1:%d;
                        proxy_cache one;
                        proxy_cache_valid 200 1h;
                        add_header X-Cache $upstream_cache_status always;
                    }
                }
            }
            """;

    /** The origin's answer: a text that its key alone decides, by length, in chunks or up to the end. */
    private static String answer(OriginRequest request) {
        int key = Integer.parseInt(request.target().substring(1));
        String body = body(key);
        return switch (key % 3) {
            case 0 -> "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            case 1 -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length())
                    + "\r\n" + body + "\r\n0\r\n\r\n";
            default -> "HTTP/1.1 200 OK\r\n\r\n" + body;
        };
    }

    private static String body(int key) {
        Random random = new Random(key);
        String piece = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        int length = 1 + random.nextInt(MOST_BYTES);
        return (key + ":" + piece.repeat(length / piece.length() + 1)).substring(0, length);
    }

    private static Answer ask(FrontdeskProcess server, int key) {
        try (RawClient client = server.connect()) {
            return client.send("GET /" + key + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readAnswer();
        }
    }

    /** Clients that fill the cache until the server is gone. */
    private static List<Thread> fill(FrontdeskProcess server, Random random, AtomicInteger answered,
            AtomicBoolean killed, int firstKey, List<String> wrong) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random own = new Random(random.nextLong());
            clients.add(Thread.ofPlatform().start(() -> {
                while (!killed.get()) {
                    int key = firstKey + own.nextInt(KEYS);
                    try {
                        if (!ask(server, key).body().equals(body(key))) {
                            throw new AssertionError("not what the origin says");
                        }
                        answered.incrementAndGet();
                    } catch (UncheckedIOException | AssertionError | NumberFormatException e) {
                        if (!killed.get()) {
                            synchronized (wrong) {
                                wrong.add("key " + key + ": " + e);
                            }
                        }
                    }
                }
            }));
        }
        return clients;
    }

    private static int compareAll(FrontdeskProcess server, int firstKey) {
        int hits = 0;
        for (int key = firstKey; key < firstKey + KEYS; key++) {
            Answer answer = ask(server, key);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().equals(body(key))).as("key %d, %s", key, answer.field("X-Cache")).isTrue();
            hits += answer.field("X-Cache").equals("HIT") ? 1 : 0;
        }
        return hits;
    }

    /** What {@code kill} leaves behind: a file that has no name of a key yet. */
    private static long strays(Path cache) {
        try (Stream<Path> all = Files.walk(cache)) {
            return all.filter(file -> file.getFileName().toString().contains(".")).count();
        } catch (IOException | UncheckedIOException e) {
            return -1; // it changes as it is read: once more
        }
    }

    @Test
    void servesNothingThatIsNotWhole() throws Exception {
        Random random = new Random(SEED);
        int hits = 0;
        try (Origin origin = Origin.answering(KillTest::answer);
                FrontdeskProcess server = FrontdeskProcess.start(CONFIG.formatted(origin.port()))) {
            for (int kill = 0; kill < KILLS; kill++) {
                int firstKey = kill * KEYS;
                AtomicInteger answered = new AtomicInteger();
                AtomicBoolean killed = new AtomicBoolean();
                List<String> wrong = new ArrayList<>();
                List<Thread> clients = fill(server, random, answered, killed, firstKey, wrong);
                int moment = CLIENTS + random.nextInt(MOST_ANSWERS);
                server.await(() -> answered.get() >= moment || !wrong.isEmpty());
                killed.set(true);
                server.kill();
                for (Thread client : clients) {
                    client.join();
                }
                assertThat(wrong).as("seed %d", SEED).isEmpty();
                server.startAgain();
                hits += compareAll(server, firstKey);
            }
            System.out.println(KILLS + " kills, seed " + SEED + ": " + hits + " of " + KILLS * KEYS
                    + " answers came out of the cache");
            assertThat(hits).as("seed %d", SEED).isPositive();
            server.kill();
            // What was begun in the second in which the next one starts is left to the one after that.
            long killedSecond = System.currentTimeMillis() / 1000;
            server.await(() -> System.currentTimeMillis() / 1000 > killedSecond);
            server.startAgain();
            server.await(() -> strays(server.prefix().resolve("cache")) == 0);
            assertThat(server.errorLog()).doesNotContain("[alert]").doesNotContain("[emerg]").doesNotContain("[crit]");
        }
    }
}
