package io.frontdesk.e2e.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** What is known of a server is known to all loops, and after a reload. */
class PeerStateTest {
    private static final String CONFIG = """
            worker_processes 2;
            http {
                upstream group { server {{one}} {{parameters}}; server {{two}}; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://group;
                        add_header X-Server "$upstream_last_server_name $upstream_peer_state";
                    }
                    location /states { return 200 "$upstream_states_group"; }
                }
            }
            """;

    @Test
    void keepsFailuresOverAReload() {
        String config = CONFIG.replace("{{one}}", "127.0.0.1:{{port.gone}}");
        try (Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("two", two).with("parameters", "fail_timeout=1h").start(config)) {
            String gone = "127.0.0.1:" + server.port("gone");
            await().until(() -> server.get("/").body().equals("two")
                    && server.get("/states").body().equals(gone + " unavail, " + two + " up"));
            assertThat(server.reload(config)).isTrue();
            assertThat(server.get("/states").body()).isEqualTo(gone + " unavail, " + two + " up");
            assertThat(server.get("/").field("X-Server")).isEqualTo("127.0.0.1 up");
        }
    }

    @Test
    void countsRequestsOfTheConfigurationBeforeAgainstTheLimit() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("parameters", "max_conns=1")
                        .start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection busy = one.accept();
            busy.readRequest();
            assertThat(server.reload(CONFIG)).isTrue();
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/").body()).isEqualTo("two");
            }
            busy.answer("one");
            assertThat(client.readAnswer().body()).isEqualTo("one");
        }
    }
}
