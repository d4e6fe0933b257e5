package io.frontdesk.e2e.chapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pools of backends: turns, failover, backup, and what a client sees while a backend is down. */
class UpstreamPoolTest {
    @Test
    void givesEachBackendItsTurn() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Origin three = Origin.answering("three");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("three", three).start("""
                        http {
                        upstream app_backend {
                        server {{one}};
                        server {{two}};
                        server {{three}};
                        keepalive 64;
                        }
                        server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://app_backend; }
                        }
                        }
                        """)) {
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                bodies.add(server.get("/").body());
            }

            assertThat(bodies).containsExactly("one", "two", "three", "one", "two", "three");
        }
    }

    @Test
    void goesToTheBackupOnlyWhenAllOthersAreDown() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Origin spare = Origin.answering("spare");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("spare", spare).start("""
                        http {
                        upstream app_backend {
                        server {{one}} max_fails=3 fail_timeout=30s;
                        server {{two}} max_fails=3 fail_timeout=30s;
                        server {{spare}} backup;
                        }
                        server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://app_backend; }
                        }
                        }
                        """)) {
            assertThat(server.get("/").body()).isEqualTo("one");
            one.close();
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/").body()).isEqualTo("two");
            }
            two.close();
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/").body()).isEqualTo("spare");
            }
        }
    }

    @Test
    void answers502WhileTheBackendIsDownAnd200WhenItIsBack() {
        Origin app = Origin.answering("ok");
        try (Frontdesk server = Frontdesk.with("app", app).start("""
                http {
                upstream app_backend {
                server {{app}};
                keepalive 64;
                }
                server {
                listen 127.0.0.1:{{port}};
                location / { proxy_pass http://app_backend; }
                }
                }
                """)) {
            assertThat(server.get("/").status()).isEqualTo(200);

            int port = app.port();
            app.close();
            await().untilAsserted(() -> assertThat(server.get("/").status()).isEqualTo(502));
            Answer down = server.get("/");
            assertThat(down.body()).contains("<h1>502 Bad Gateway</h1>");
            assertThat(server.errorLog())
                    .contains("connect() failed (111: Connection refused) while connecting to upstream");

            try (Origin back = Origin.answeringOn(port, "back")) {
                // A group of one is never marked down: the very next request finds it.
                assertThat(server.get("/").body()).isEqualTo("back");
            }
        } finally {
            app.close();
        }
    }
}
