package io.frontdesk.e2e.chapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginRequest;
import org.junit.jupiter.api.Test;

/** The complete proxy server block. */
class CompleteServerTest {
    private static final String CONFIG = """
            http {
            types { text/css css; }
            upstream app_backend {
            server {{app}};
            keepalive 64;
            }
            server {
            listen 127.0.0.1:{{port}};
            server_name example.com;
            # Static assets — serve directly, do not bother the backend
            location /assets/ {
            root {{prefix}};
            expires 1y;
            add_header Cache-Control "public, immutable";
            }
            location / {
            proxy_pass http://app_backend;
            # Preserve client info
            proxy_set_header Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            # Use HTTP/1.1 to enable keepalive to the backend
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            # Timeouts
            proxy_connect_timeout 5s;
            proxy_send_timeout 60s;
            proxy_read_timeout 60s;
            # Buffering
            proxy_buffering on;
            proxy_buffer_size 16k;
            proxy_buffers 8 16k;
            proxy_busy_buffers_size 32k;
            }
            }
            }
            """;

    @Test
    void servesAssetsItselfToBeKeptForAYear() {
        try (Origin app = Origin.answering("app");
                Frontdesk server = Frontdesk.with("app", app).file("assets/site.css", "body {}").start(CONFIG)) {
            Answer answer = server.get("/assets/site.css", "Host: example.com");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("body {}");
            assertThat(answer.field("Content-Type")).isEqualTo("text/css");
            assertThat(answer.field("Expires")).isNotEmpty();
            assertThat(answer.fields("Cache-Control")).containsExactly("max-age=31536000", "public, immutable");
            assertThat(app.connectionCount()).isZero();
        }
    }

    @Test
    void keepsTheConnectionToTheBackendForTheNextRequest() {
        try (Origin app = Origin.answering("app"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            for (int i = 0; i < 5; i++) {
                assertThat(server.get("/", "Host: example.com").body()).isEqualTo("app");
            }

            assertThat(app.connectionCount()).isEqualTo(1);
            OriginRequest seen = app.lastRequest();
            assertThat(seen.line()).endsWith("HTTP/1.1");
            assertThat(seen.fields("Connection")).isEmpty();
            assertThat(seen.field("Host")).isEqualTo("example.com");
        }
    }
}
