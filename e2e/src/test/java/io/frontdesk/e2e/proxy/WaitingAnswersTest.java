package io.frontdesk.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers of a few buffers' size to a client that asks for many and reads none until the socket is full. */
class WaitingAnswersTest {
    private static final int ANSWERS = 600;

    private static String body(int number) {
        return ("<" + number + ">").repeat(2_000 + number * 7 % 3_000);
    }

    @Test
    void arriveWholeAndInOrder() {
        AtomicInteger asked = new AtomicInteger();
        try (Origin app = Origin.telling(request -> {
            asked.incrementAndGet();
            return body(Integer.parseInt(request.target().substring(1)));
        });
                Frontdesk server = Frontdesk.with("app", app).start("""
                        worker_processes 1;
                        http {
                            upstream pool { server {{app}}; keepalive 4; }
                            server {
                                listen 127.0.0.1:{{port}} sndbuf=16k;
                                location / { proxy_pass http://pool; }
                            }
                        }
                        """);
                RawClient client = server.connect()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < ANSWERS; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> client.send(all.toString()));
            int[] before = {-1};
            await().until(() -> {
                int now = asked.get();
                boolean waits = now > 0 && now == before[0];
                before[0] = now;
                return waits;
            });
            assertThat(asked).hasValueLessThan(ANSWERS);
            for (int i = 0; i < ANSWERS; i++) {
                Answer answer = client.readAnswer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(body(i));
            }
            sent.join();
        }
    }
}
