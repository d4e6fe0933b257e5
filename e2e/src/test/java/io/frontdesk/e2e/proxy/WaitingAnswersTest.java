package io.frontdesk.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a few buffers' size to a client that asks for many and reads none until the socket is full. */
class WaitingAnswersTest {
    private static final int ANSWERS = 600;
    private static final int RECEIVE_BYTES = 64 * 1024;

    private static String body(int number) {
        return ("<" + number + ">").repeat(200 + number * 7 % 4_800);
    }

    /** Of several clients answers are read, and sent, together. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void arriveWholeAndInOrder(int clients) {
        AtomicInteger asked = new AtomicInteger();
        try (Origin app = Origin.telling(request -> {
            asked.incrementAndGet();
            return body(Integer.parseInt(request.target().substring(1)));
        });
                Frontdesk server = Frontdesk.with("app", app).start("""
                        worker_processes 1;
                        http {
                            upstream pool { server {{app}}; keepalive 8; }
                            server {
                                listen 127.0.0.1:{{port}} sndbuf=16k;
                                location / { proxy_pass http://pool; }
                            }
                        }
                        """);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<RawClient> all = new ArrayList<>();
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                RawClient client = RawClient.connect(server.port(), RECEIVE_BYTES);
                all.add(client);
                done.add(CompletableFuture.runAsync(() -> askForAll(client), threads));
            }
            int[] before = {-1};
            await().until(() -> {
                int now = asked.get();
                boolean waits = now > 0 && now == before[0];
                before[0] = now;
                return waits;
            });
            assertThat(asked).hasValueLessThan(ANSWERS * clients);
            for (RawClient client : all) {
                done.add(CompletableFuture.runAsync(() -> readAll(client), threads));
            }
            done.forEach(CompletableFuture::join);
            all.forEach(RawClient::close);
        }
    }

    private static void askForAll(RawClient client) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < ANSWERS; i++) {
            all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        client.send(all.toString());
    }

    private static void readAll(RawClient client) {
        for (int i = 0; i < ANSWERS; i++) {
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(body(i));
        }
    }
}
