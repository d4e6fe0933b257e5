package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Servers of a group that fail, come back, and fail again. */
class RecoveryTest {
    private static final String POOL = """
            worker_processes 2;
            http {
                upstream pool {
                    server {{one}} {{parameters}};
                    server {{two}} {{parameters}};
                }
                server {
                    listen 127.0.0.1:{{port}};
                    add_header X-Status $upstream_status always;
                    add_header X-Addr $upstream_addr always;
                    location / { proxy_pass http://pool; proxy_next_upstream error timeout http_503; }
                }
            }
            """;

    @Test
    void allServersDownIsA502WithoutALiveUpstream() {
        try (Frontdesk server = Frontdesk.with("parameters", "fail_timeout=1h")
                .start(POOL.replace("{{one}}", "127.0.0.1:{{port.a}}").replace("{{two}}", "127.0.0.1:{{port.b}}"))) {
            assertThat(server.get("/").field("X-Status")).isEqualTo("502, 502");
            Answer second = server.get("/");
            assertThat(second.status()).isEqualTo(502);
            assertThat(second.field("X-Status")).isEqualTo("502");
            assertThat(second.field("X-Addr")).isEqualTo("pool");
            assertThat(server.errorLog()).contains("[error]",
                    "no live upstreams while connecting to upstream, client: 127.0.0.1,"
                            + " server: , request: \"GET / HTTP/1.1\", upstream: \"http://pool/\", host: \"localhost\"");
        }
    }

    @Test
    void allServersAreTriedAgainOnceFailTimeoutHasRun() {
        AtomicBoolean up = new AtomicBoolean();
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        String busy = "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n";
        try (Origin one = Origin.answering(r -> up.get() ? ok : busy);
                Origin two = Origin.answering(r -> up.get() ? ok : busy);
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("parameters", "fail_timeout=1s")
                        .start(POOL)) {
            await().until(() -> server.get("/").field("X-Addr").equals("pool"));
            up.set(true);
            await().until(() -> server.get("/").status() == 200);
            await().until(() -> server.get("/").status() == 200 && one.requests().size() > 1
                    && two.requests().size() > 1);
        }
    }

    @Test
    void backupServersAnswerWhileAllOthersAreDown() {
        try (Origin spare = Origin.answering("spare"); Frontdesk server = Frontdesk.with("spare", spare).start("""
                http {
                    upstream pool {
                        server 127.0.0.1:{{port.a}} fail_timeout=1h;
                        server 127.0.0.1:{{port.b}} fail_timeout=1h;
                        server {{spare}} backup;
                    }
                    server {
                        listen 127.0.0.1:{{port}};
                        add_header X-Status $upstream_status always;
                        location / { proxy_pass http://pool; }
                    }
                }
                """)) {
            assertThat(server.get("/").field("X-Status")).isEqualTo("502, 502, 200");
            assertThat(server.get("/").field("X-Status")).isEqualTo("200");
        }
    }

    @Test
    void aSingleServerIsNeverMarkedDown() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start("""
                http {
                    upstream pool { server {{app}} max_fails=1 fail_timeout=1h; }
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://pool; }
                    }
                }
                """)) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = server.connect()) {
                    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    app.accept().close();
                    assertThat(client.readAnswer().status()).isEqualTo(502);
                }
            }
            assertThat(server.errorLog()).doesNotContain("temporarily disabled", "no live upstreams");
        }
    }

    @Test
    void failuresBelowMaxFailsSuspendNobody() {
        try (Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("two", good).with("parameters", "max_fails=2 fail_timeout=1h")
                        .start(POOL.replace("{{one}}", "127.0.0.1:{{port.a}}"))) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(server.get("/").field("X-Status"));
            }
            assertThat(all.stream().filter(status -> status.equals("502, 200"))).hasSize(2);
            assertThat(all.subList(4, 6)).containsExactly("200", "200");
        }
    }

    @Test
    void maxFails0SuspendsNobodyEver() {
        try (Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("two", good).with("parameters", "max_fails=0")
                        .start(POOL.replace("{{one}}", "127.0.0.1:{{port.a}}"))) {
            int failed = 0;
            for (int i = 0; i < 8; i++) {
                failed += server.get("/").field("X-Status").equals("502, 200") ? 1 : 0;
            }
            assertThat(failed).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aReturningServerGetsOneRequestAndNoHerd() {
        // Once fail_timeout has run, one request of all that come, on whatever loop, finds out whether the server works again.
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("parameters", "fail_timeout=1s")
                        .start(POOL)) {
            try (RawClient client = server.connect()) {
                client.send("GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n");
                app(one).close();
                assertThat(client.readAnswer().field("X-Status")).isEqualTo("502, 200");
            }
            List<RawClient> clients = new ArrayList<>();
            // Each that is answered by the other server did not try this one.
            await().until(() -> {
                RawClient client = server.connect();
                clients.add(client);
                client.send("GET /again HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                return one.hasWaiting();
            });
            OriginConnection probe = one.accept();
            probe.readRequest();
            for (int i = 0; i < 8; i++) {
                Answer answer = server.get("/meanwhile");
                assertThat(answer.field("X-Status")).isEqualTo("200");
                assertThat(answer.body()).isEqualTo("two");
            }
            assertThat(one.hasWaiting()).isFalse();
            probe.answer("one");
            clients.forEach(client -> assertThat(client.readAnswer().status()).isEqualTo(200));
            clients.forEach(RawClient::close);
        }
    }

    private static OriginConnection app(Origin origin) {
        OriginConnection connection = origin.accept();
        connection.readRequest();
        return connection;
    }

    @Test
    void flappingServersLoseNoRequest() {
        AtomicBoolean up = new AtomicBoolean(true);
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        String busy = "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n";
        try (Origin one = Origin.answering(r -> up.get() ? ok : busy);
                Origin two = Origin.answering("ok");
                Frontdesk server = Frontdesk.with("one", one).with("two", two)
                        .with("parameters", "fail_timeout=1s weight=4 max_fails=2").start(POOL)) {
            for (int i = 0; i < 200; i++) {
                up.set(i / 10 % 2 == 0);
                assertThat(server.get("/").status()).isEqualTo(200);
            }
        }
    }
}
