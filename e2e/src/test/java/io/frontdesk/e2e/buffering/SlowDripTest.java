package io.frontdesk.e2e.buffering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** The fault table's row "slow drip". */
class SlowDripTest {
    @Test
    void passesEachByteOfASlowDripAsItComes() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start("""
                http { server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://{{app}}; } } }
                """); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                client.awaitText("\r\n\r\n");
                for (int i = 0; i < 5; i++) {
                    origin.send("x");
                    assertThat(client.awaitBytes(1)).isEqualTo("x");
                }
            }
        }
    }

    @Test
    void answers504WhenTheGapBeforeTheHeadIsTooLong() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start("""
                http { server { listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://{{app}}; proxy_read_timeout 400ms; } } }
                """); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                origin.send("HTTP/1.1 200");
                assertThat(client.readAnswer().status()).isEqualTo(504);
            }
        }
    }

    @Test
    void abortsWhenAGapInTheBodyIsTooLong() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start("""
                http { server { listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://{{app}}; proxy_read_timeout 400ms; } } }
                """); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                origin.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
                assertThat(client.awaitEnd()).contains("x").doesNotContain("0\r\n\r\n");
                await().until(() -> server.errorLog().contains("upstream timed out (110: Connection timed out)"));
            }
        }
    }
}
