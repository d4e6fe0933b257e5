package io.frontdesk.e2e.chapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** Buffering protects the backend from slow clients. */
class SlowClientTest {
    private static final int SIZE = 32 << 20;

    @Test
    void freesTheBackendWhileTheClientDoesNotRead() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start("""
                http {
                server {
                listen 127.0.0.1:{{port}};
                location / { proxy_pass http://{{app}}; }
                }
                }
                """); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                // More than both sockets hold: this only returns once the proxy has taken it all.
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
                origin.send("x".repeat(SIZE));
            }
            await().untilAsserted(() -> assertThat(server.errorLog())
                    .doesNotContain("prematurely"));
            String all = client.awaitEnd();
            assertThat(all.length() - all.indexOf("\r\n\r\n") - 4).isEqualTo(SIZE);
        }
    }
}
