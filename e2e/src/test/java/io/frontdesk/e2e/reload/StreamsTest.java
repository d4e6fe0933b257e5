package io.frontdesk.e2e.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** "websockets live on until worker_shutdown_timeout", and so do events and uploads. */
class StreamsTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://{{origin}};
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $http_connection;
                        proxy_buffering off;
                        proxy_request_buffering off;
                    }
                }
            }
            """;
    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n";
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n";

    @Test
    void aWebSocketLivesOn() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send(UPGRADE);
            OriginConnection origin = app.accept();
            origin.readHead();
            origin.send(SWITCHING);
            client.awaitText("\r\n\r\n");

            for (int i = 0; i < 3; i++) {
                assertThat(server.reload(CONFIG)).isTrue();
                client.send("ping" + i);
                origin.raw().awaitText("ping" + i);
                origin.send("pong" + i);
                client.awaitText("pong" + i);
            }

            assertThat(server.errorLog().lines().filter(line -> line.contains("exited with code 0")).count())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void eventsLiveOn() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection origin = app.accept();
            origin.readHead();
            origin.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                origin.send("9\r\ndata: " + i + "\n\n\r\n");
                client.awaitText("data: " + i + "\n\n");
                assertThat(server.reload(CONFIG)).isTrue();
            }
            origin.send("0\r\n\r\n");
            client.awaitText("0\r\n\r\n");
        }
    }

    @Test
    void anUploadLivesOn() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\n\r\nfirst");
            OriginConnection origin = app.accept();
            origin.raw().awaitText("\r\n\r\nfirst");
            assertThat(server.reload(CONFIG)).isTrue();
            client.send("secon");
            origin.raw().awaitText("secon");
            assertThat(server.reload(CONFIG)).isTrue();
            client.send("third");
            origin.raw().awaitText("third");
            origin.answer("all of it");

            assertThat(client.readAnswer().body()).isEqualTo("all of it");
        }
    }

    @Test
    void aBufferedUploadLivesOn() {
        String buffered = CONFIG.replace("proxy_request_buffering off;", "");
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(buffered);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nfirst");
            assertThat(server.reload(buffered)).isTrue();
            client.send("secon");
            OriginConnection origin = app.accept();
            OriginRequest request = origin.readRequest();
            origin.answer("all of it");

            assertThat(request.body()).isEqualTo("firstsecon");
            assertThat(client.readAnswer().body()).isEqualTo("all of it");
        }
    }

    @Test
    void idleConnectionsToUpstreamsEndWithTheirConfiguration() {
        String keeping = """
                http {
                    upstream app { server {{origin}}; keepalive 8; }
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; }
                    }
                }
                """;
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(keeping);
                RawClient client = server.connect();
                RawClient other = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection idle = app.accept();
            other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection running = app.accept();
            idle.readHead();
            idle.answer("first");
            client.readAnswer();
            running.readHead();

            assertThat(server.reload(keeping)).isTrue();

            assertThat(idle.awaitEnd()).isEmpty();
            running.answer("second");
            assertThat(other.readAnswer().body()).isEqualTo("second");
            assertThat(running.awaitEnd()).isEmpty();
        }
    }

    @Test
    void aWebSocketEndsWithTheShutdownTimeout() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start("worker_shutdown_timeout 50ms;\n" + CONFIG);
                RawClient client = server.connect()) {
            client.send(UPGRADE);
            OriginConnection origin = app.accept();
            origin.readHead();
            origin.send(SWITCHING);
            client.awaitText("\r\n\r\n");

            assertThat(server.reload(CONFIG)).isTrue();

            assertThat(client.awaitEnd()).isEmpty();
            assertThat(origin.awaitEnd()).isEmpty();
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("exited with code 0"));
        }
    }
}
