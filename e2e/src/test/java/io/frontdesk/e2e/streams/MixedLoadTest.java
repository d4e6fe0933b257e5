package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many clients at once, of all kinds, with origins that close connections, and a configuration that is read anew meanwhile: each gets its own
 * answers, whether the calls of a turn are made together or one by one.
 */
class MixedLoadTest {
    private static final String RING = "frontdesk.io_uring";
    private static final int CLIENTS = 60;
    private static final int ROUNDS = 15;
    private static final int PIPELINE = 20;
    /** Between two reloads. */
    private static final int PACE_MILLIS = 100;
    private static final int[] SIZES = {0, 1, 100, 1000, 8000, 9000, 70_000};
    private static final String[] FRAMINGS = {"length", "length", "chunks", "end"};
    private static final String CONFIG = """
            worker_processes 2;
            http {
                upstream pool {
                    server {{one}} max_fails=0;
                    server {{two}} max_fails=0;
                    keepalive 16;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_next_upstream error non_idempotent;
                    location /local { return 200 "$request_uri"; }
                    location /buffered { proxy_pass http://pool; }
                    location /passed { proxy_pass http://pool; proxy_buffering off; }
                }
            }
            """;

    private static String target(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "/local/" + random.nextInt();
            case 1, 2 -> "/passed" + rest(random);
            default -> "/buffered" + rest(random);
        };
    }

    private static String rest(Random random) {
        return "/" + FRAMINGS[random.nextInt(FRAMINGS.length)] + "/" + SIZES[random.nextInt(SIZES.length)] + "/"
                + random.nextInt();
    }

    private static String head(String method, String target, String more) {
        return method + " " + target + " HTTP/1.1\r\nHost: a\r\n" + more + "\r\n";
    }

    private static void check(Answer answer, String target) {
        assertThat(answer.status()).as(target).isEqualTo(200);
        String wanted = target.startsWith("/local") ? target : MixedOrigin.body(target);
        assertThat(answer.body().equals(wanted)).as(target).isTrue();
    }

    private static void run(Frontdesk server, int number) {
        Random random = new Random(number);
        for (int round = 0; round < ROUNDS; round++) {
            try (RawClient client = server.connect()) {
                switch (random.nextInt(6)) {
                    case 0 -> post(client, random);
                    case 1 -> leave(client, random);
                    case 2 -> oneByOne(client, random);
                    default -> pipeline(client, random);
                }
            }
        }
    }

    private static void oneByOne(RawClient client, Random random) {
        for (int i = 0; i < PIPELINE; i++) {
            String target = target(random);
            client.send(head("GET", target, ""));
            check(client.readAnswer(), target);
        }
        client.send(head("HEAD", "/buffered/length/1000/", "Connection: close\r\n"));
        assertThat(client.readAnswer(true).field("content-length")).isEqualTo("1000");
        assertThat(client.awaitEnd()).isEmpty();
    }

    private static void pipeline(RawClient client, Random random) {
        List<String> targets = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(PIPELINE); i++) {
            targets.add(target(random));
            all.append(head("GET", targets.get(i), ""));
        }
        client.send(all.toString());
        for (String target : targets) {
            check(client.readAnswer(), target);
        }
    }

    private static void post(RawClient client, Random random) {
        for (int i = 0; i < 5; i++) {
            String target = "/buffered" + rest(random);
            int size = SIZES[random.nextInt(SIZES.length)];
            String body = "b".repeat(size);
            client.send(random.nextBoolean()
                    ? head("POST", target, "Content-Length: " + size + "\r\n") + body
                    : head("POST", target, "Transfer-Encoding: chunked\r\n")
                            + (size > 0 ? Integer.toHexString(size) + "\r\n" + body + "\r\n" : "") + "0\r\n\r\n");
            Answer answer = client.readAnswer();
            check(answer, target);
            assertThat(answer.field("x-body")).isEqualTo("" + size);
        }
    }

    private static void leave(RawClient client, Random random) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < PIPELINE; i++) {
            all.append(head("GET", target(random), ""));
        }
        client.send(all.substring(0, all.length() - random.nextInt(100)));
        if (random.nextBoolean()) {
            client.readAnswer();
        }
        if (random.nextBoolean()) {
            client.reset();
        }
    }

    private static Frontdesk start(boolean together, MixedOrigin one, MixedOrigin two) {
        String before = System.getProperty(RING, "on");
        System.setProperty(RING, together ? "on" : "off");
        try {
            return Frontdesk.with("one", one).with("two", two).start(CONFIG);
        } finally {
            System.setProperty(RING, before);
        }
    }

    /** Waits a little for the end. */
    private static boolean isOver(CompletableFuture<Void> all) {
        try {
            all.get(PACE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachClientGetsItsOwnAnswers(boolean together) {
        try (MixedOrigin one = new MixedOrigin();
                MixedOrigin two = new MixedOrigin();
                Frontdesk server = start(together, one, two);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(CompletableFuture.runAsync(() -> run(server, number), threads));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new));
            while (!isOver(all)) {
                assertThat(server.reload(CONFIG)).isTrue();
            }
        }
    }
}
