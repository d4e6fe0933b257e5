package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A body that the origin reads no longer, so that the client is not read either. */
class PausedBodyTest {
    private static final int BLOCK_BYTES = 16 * 1024;
    private static final int BLOCKS = 4096;
    private static final String CONFIG = """
            http {
                client_max_body_size 0;
                client_body_timeout 1h;
                lingering_timeout 1h;
                lingering_time 1h;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "next"; }
                    location /stream {
                        proxy_pass http://{{app}};
                        proxy_http_version 1.1;
                        proxy_request_buffering off;
                    }
                }
            }
            """;

    /** Waits until no more goes out for a while: all on the way is full. */
    private static void awaitStandstill(AtomicInteger blocks) {
        AtomicInteger before = new AtomicInteger();
        await().during(Duration.ofMillis(500)).until(() -> {
            int now = blocks.get();
            return now > 0 && before.getAndSet(now) == now;
        });
    }

    @Test
    void isThrownAwayOnceTheOriginHasAnswered() throws Exception {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: " + BLOCK_BYTES * BLOCKS + "\r\n\r\n");
            AtomicInteger blocks = new AtomicInteger();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                byte[] block = new byte[BLOCK_BYTES];
                while (blocks.get() < BLOCKS) {
                    client.send(block);
                    blocks.incrementAndGet();
                }
            });
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                awaitStandstill(blocks);
                assertThat(sent).isNotDone();
                origin.answer("early");
                assertThat(client.readAnswer().body()).isEqualTo("early");
            }
            sent.get(RawClient.DEADLINE.toSeconds(), TimeUnit.SECONDS);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("next");
        }
    }
}
