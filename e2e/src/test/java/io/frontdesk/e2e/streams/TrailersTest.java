package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** Trailer fields of an upstream: with {@code proxy_pass_trailers} they pass, otherwise they end here. */
class TrailersTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://{{origin}};
                        proxy_pass_trailers %s;
                        proxy_set_header TE "trailers";
                        proxy_set_header Connection "TE";
                        proxy_buffering %s;
                    }
                }
            }
            """;

    private static String answer(String passes, String buffering) {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(CONFIG.formatted(passes, buffering));
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            OriginConnection origin = app.accept();
            assertThat(origin.readHead().field("TE")).isEqualTo("trailers");
            origin.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n4\r\nbody\r\n0\r\n");
            origin.send("X-Sum: 42\r\n\r\n");
            return client.awaitEnd();
        }
    }

    @Test
    void passesTrailersWhereItIsAskedTo() {
        assertThat(answer("on", "on")).endsWith("4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n");
        assertThat(answer("on", "off")).endsWith("4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n");
    }

    @Test
    void dropsTrailersOtherwise() {
        assertThat(answer("off", "on")).endsWith("4\r\nbody\r\n0\r\n\r\n").doesNotContain("X-Sum: 42");
    }
}
