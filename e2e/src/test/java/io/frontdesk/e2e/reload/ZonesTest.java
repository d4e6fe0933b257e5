package io.frontdesk.e2e.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** What zones know carries over. */
class ZonesTest {
    private static final String CONFIG = """
            http {
                limit_req_zone $binary_remote_addr zone=one:32k rate=1r/m;
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}};
                    limit_req zone=one;
                }
            }
            """;

    @Test
    void aLimitGoesOnCounting() {
        try (Frontdesk server = Frontdesk.file("a.txt", "fine").start(CONFIG)) {
            assertThat(server.get("/a.txt").status()).isEqualTo(200);
            assertThat(server.get("/a.txt").status()).isEqualTo(503);

            assertThat(server.reload(CONFIG)).isTrue();

            assertThat(server.get("/a.txt").status()).isEqualTo(503);
        }
    }

    @Test
    void aConnectionStillCountsThatBeganBefore() {
        String config = """
                http {
                    limit_conn_zone $binary_remote_addr zone=two:32k;
                    server {
                        listen 127.0.0.1:{{port}};
                        limit_conn two 1;
                        location / { proxy_pass http://{{origin}}; }
                    }
                }
                """;
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin).start(config);
                RawClient running = server.connect()) {
            running.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection connection = origin.accept();
            connection.readHead();

            assertThat(server.reload(config)).isTrue();

            assertThat(server.get("/").status()).isEqualTo(503);
            connection.answer("done");
            assertThat(running.readAnswer().body()).isEqualTo("done");
        }
    }

    @Test
    void aBrokenConfigurationForgetsNoCount() {
        try (Frontdesk server = Frontdesk.file("a.txt", "fine").start(CONFIG).expects("unknown directive")) {
            assertThat(server.get("/a.txt").status()).isEqualTo(200);

            assertThat(server.reload(CONFIG.replace("zone=one", "zone=other").replace("root", "roof"))).isFalse();
            assertThat(server.reload(CONFIG)).isTrue();

            assertThat(server.get("/a.txt").status()).isEqualTo(503);
        }
    }
}
