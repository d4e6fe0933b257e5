package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** "101/CONNECT tunnels" and what ends them. */
class UpgradeTest {
    private static final String CONFIG = """
            http {
                log_format tunnel '$status $bytes_sent $body_bytes_sent $upstream_bytes_sent $upstream_bytes_received $upstream_status';
                access_log logs/access.log tunnel;
                server {
                    listen 127.0.0.1:{{port}};
                    send_timeout %s;
                    location / {
                        proxy_pass http://{{origin}};
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $http_connection;
                        proxy_read_timeout %s;
                        proxy_send_timeout %s;
                    }
                }
            }
            """;
    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n";
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n";

    /** More than all sockets on the way hold; made beforehand, as that takes its time. */
    private static final byte[] MUCH = new byte[64 << 20];

    private static OriginConnection open(Origin app, RawClient client) {
        client.send(UPGRADE);
        OriginConnection origin = app.accept();
        origin.readHead();
        origin.send(SWITCHING);
        assertThat(client.awaitText("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
        return origin;
    }

    private static Frontdesk start(Origin app, String sendTimeout, String readTimeout, String upstreamSendTimeout) {
        return Frontdesk.with("origin", app).start(CONFIG.formatted(sendTimeout, readTimeout, upstreamSendTimeout));
    }

    @Test
    void logsTheBytesOfBothDirections() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "60s", "60s");
                RawClient client = server.connect()) {
            OriginConnection origin = open(app, client);
            client.send("x".repeat(5000));
            origin.raw().awaitBytes(5000);
            origin.send("y".repeat(70_000));
            client.awaitBytes(70_000);
            origin.close();
            client.awaitEnd();

            await().untilAsserted(() -> assertThat(server.read("logs/access.log"))
                    .matches(
                            "101 70[01]\\d\\d 70000 50[0-9]\\d 70[01]\\d\\d 101\n|101 70\\d\\d\\d 70000 5\\d\\d\\d 70\\d\\d\\d 101\n"));
        }
    }

    @Test
    void endsWhenNothingPassesForTheReadTimeout() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "100ms", "60s");
                RawClient client = server.connect()) {
            OriginConnection origin = open(app, client);

            assertThat(client.awaitEnd()).isEmpty();
            assertThat(origin.awaitEnd()).isEmpty();
            assertThat(server.errorLog()).contains(
                    "[info]")
                    .contains("upstream timed out (110: Connection timed out) while proxying upgraded connection");
        }
    }

    @Test
    void endsWhenTheUpstreamTakesNothingForTheSendTimeout() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "60s", "200ms");
                RawClient client = server.connect()) {
            open(app, client);
            assertThat(client.sendTooMuch(MUCH)).isFalse();
        }
    }

    @Test
    void endsWhenTheClientTakesNothingForTheSendTimeout() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "700ms", "500ms", "60s");
                RawClient client = server.connect()) {
            OriginConnection origin = open(app, client);
            assertThat(origin.raw().sendTooMuch(MUCH)).isFalse();
            assertThat(server.errorLog())
                    .contains("client timed out (110: Connection timed out) while proxying upgraded connection");
        }
    }

    @Test
    void passesAllThatAClientSentBeforeItsFin() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "60s", "60s");
                RawClient client = server.connect()) {
            OriginConnection origin = open(app, client);
            Thread.ofVirtual().start(() -> {
                client.send(new byte[8_000_000]);
                client.shutdownOutput();
            });

            assertThat(origin.awaitEnd()).hasSize(8_000_000);
            client.awaitEnd();
        }
    }

    @Test
    void passesAllThatAnUpstreamSentBeforeItsFin() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "60s", "60s");
                RawClient client = server.connect()) {
            OriginConnection origin = open(app, client);
            Thread.ofVirtual().start(() -> {
                origin.send(new byte[8_000_000]);
                origin.shutdownOutput();
            });

            assertThat(client.awaitEnd()).hasSize(8_000_000);
            origin.awaitEnd();
        }
    }

    @Test
    void noticesAClientThatIsGoneWhileItsUploadIsHeldBack() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start("""
                        http {
                            access_log logs/access.log;
                            server {
                                listen 127.0.0.1:{{port}};
                                client_max_body_size 0;
                                location / { proxy_pass http://{{origin}}; proxy_request_buffering off; }
                            }
                        }
                        """);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 64000000\r\n\r\n");
            OriginConnection origin = app.accept();
            Thread sender = Thread.ofVirtual().start(() -> client.sendTooMuch(new byte[64_000_000]));
            origin.raw().awaitBytes(100_000);
            client.reset();

            origin.awaitEnd();
            await().until(() -> !sender.isAlive());
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).contains("\" 499 "));
        }
    }

    @Test
    void noticesAClientThatIsGoneThoughNothingIsReadFromIt() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "60s", "60s");
                RawClient client = server.connect()) {
            OriginConnection origin = open(app, client);
            // The origin takes nothing, so in the end nothing is read from the client.
            Thread sender = Thread.ofVirtual().start(() -> client.sendTooMuch(new byte[64_000_000]));
            client.reset();

            origin.awaitEnd();
            await().until(() -> !sender.isAlive());
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).startsWith("101 "));
        }
    }
}
