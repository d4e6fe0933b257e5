package io.frontdesk.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** client_max_body_size for bodies whose length nobody says in advance. */
class BodyLimitTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static void with(String buffering, Consumer<Frontdesk> test) {
        try (Origin origin = Origin.answering("ok");
                Frontdesk server = Frontdesk.with("origin", origin.authority()).with("buffering", buffering).start("""
                        http {
                            client_max_body_size 10;
                            proxy_request_buffering {{buffering}};
                            proxy_http_version 1.1;
                            server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://{{origin}}; } }
                        }
                        """)) {
            test.accept(server);
        }
    }

    @Test
    void takesChunksUpToTheLimit() {
        with("on", server -> {
            try (RawClient client = server.connect()) {
                client.send(HEAD + "4\r\nabcd\r\n6\r\nefghij\r\n0\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(200);
            }
        });
    }

    @Test
    void refusesAChunkByTheSizeThatItAnnounces() {
        with("on", server -> {
            try (RawClient client = server.connect()) {
                client.send(HEAD + "100000005\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(413);
                assertThat(client.awaitEnd()).isEmpty();
            }
            assertThat(server.errorLog()).containsOnlyOnce("[error]")
                    .contains("client intended to send too large chunked body: 0+4294967301 bytes");
        });
    }

    @Test
    void refusesTheChunkThatGoesBeyondTheLimit() {
        with("off", server -> {
            try (RawClient client = server.connect()) {
                client.send(HEAD + "4\r\nabcd\r\n7\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(413);
                assertThat(client.awaitEnd()).isEmpty();
            }
        });
    }
}
