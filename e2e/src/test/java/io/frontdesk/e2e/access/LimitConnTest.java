package io.frontdesk.e2e.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** limit_conn. */
class LimitConnTest {
    private static final String CONFIG = """
            http {
                limit_conn_zone $binary_remote_addr zone=addr:1m;
                limit_conn_zone $arg_user zone=user:1m;
                log_format l "$uri $status $limit_conn_status";
                access_log access.log l;
                server {
                    listen 127.0.0.1:{{port}};
                    location /held { limit_conn addr 1; limit_conn_status 429; proxy_pass http://{{origin}}; }
                    location /free { limit_conn user 1; return 200; }
                    location /user { limit_conn user 1; proxy_pass http://{{origin}}; }
                    location /dry { limit_conn addr 1; limit_conn_dry_run on; root {{prefix}}; }
                }
            }
            """;

    @Test
    void refusesWhatRunsBesidesAnother() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin.authority()).start(CONFIG);
                RawClient first = server.connect()) {
            first.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection held = origin.accept();
            held.readRequest();
            assertThat(server.get("/held").status()).isEqualTo(429);
            assertThat(server.get("/dry").status()).isEqualTo(404);
            held.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            assertThat(first.readAnswer().status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(server.read("access.log")).contains("/held 429 REJECTED\n")
                    .contains("/dry 404 REJECTED_DRY_RUN\n").contains("/held 200 PASSED\n"));
            assertThat(server.errorLog()).contains("[error]").contains("limiting connections by zone \"addr\"")
                    .contains("limiting connections, dry run, by zone \"addr\"");
        }
    }

    @Test
    void forgetsAClientThatWentAway() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin.authority()).start(CONFIG)) {
            try (RawClient gone = server.connect()) {
                gone.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
                origin.accept().readRequest();
            }
            await().until(() -> server.read("access.log").contains("/held 499 PASSED\n"));
            try (RawClient next = server.connect()) {
                next.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
                OriginConnection held = origin.accept();
                held.readRequest();
                held.send("HTTP/1.1 204 No Content\r\n\r\n");
                assertThat(next.readAnswer().status()).isEqualTo(204);
            }
        }
    }

    @Test
    void countsEachKeyAlone() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin.authority()).start(CONFIG);
                RawClient ann = server.connect();
                RawClient bob = server.connect()) {
            ann.send("GET /user?user=ann HTTP/1.1\r\nHost: a\r\n\r\n");
            origin.accept().readRequest();
            bob.send("GET /user?user=bob HTTP/1.1\r\nHost: a\r\n\r\n");
            origin.accept().readRequest();
            assertThat(server.get("/user?user=ann").status()).isEqualTo(503);
            assertThat(server.get("/free").status()).isEqualTo(200);
        }
    }

    @Test
    void refusesWrongLinesAtLoad() {
        assertThat(Frontdesk.refusal("http { limit_conn_zone $uri zone=a:1m; server { limit_conn a 0; } }"))
                .contains("invalid number of connections \"0\"");
        assertThat(Frontdesk.refusal("http { limit_conn_zone $uri zone=a:1m; server { limit_conn a 65536; } }"))
                .contains("connection limit must be less 65536");
        assertThat(Frontdesk.refusal("http { limit_conn_zone $uri zone=a:1m; limit_conn_zone $args zone=a:1m; }"))
                .contains("limit_conn_zone \"a\" is already bound to key \"$uri\"");
        assertThat(Frontdesk.refusal("http { limit_conn_zone $uri zone=a:1k; }"))
                .contains("zone \"zone=a:1k\" is too small");
        assertThat(Frontdesk.refusal("http { server { limit_conn b 1; } }"))
                .contains("zero size shared memory zone \"b\"");
    }
}
