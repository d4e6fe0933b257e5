package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** More requests at once than wait in memory, with bodies that are passed on from what waits. */
class LongPipelineTest {
    private static final int REQUESTS = 3000;

    @Test
    void isAnsweredInOrder() {
        try (Origin app = Origin.telling(request -> request.target() + " " + request.body().length());
                Frontdesk server = Frontdesk.with("app", app).start("""
                        http {
                            keepalive_requests 100000;
                            upstream pool { server {{app}}; keepalive 4; }
                            server {
                                listen 127.0.0.1:{{port}};
                                location / { return 200 "$request_uri"; }
                                location /app {
                                    proxy_pass http://pool;
                                    proxy_http_version 1.1;
                                    proxy_set_header Connection "";
                                    proxy_request_buffering off;
                                }
                            }
                        }
                        """);
                RawClient client = server.connect()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < REQUESTS; i++) {
                all.append(i % 50 == 7
                        ? "POST /app" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + i + "\r\n\r\n" + "b".repeat(i)
                        : "GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> client.send(all.toString()));
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.readAnswer().body()).isEqualTo(i % 50 == 7 ? "/app" + i + " " + i : "/" + i);
            }
            sent.join();
        }
    }
}
