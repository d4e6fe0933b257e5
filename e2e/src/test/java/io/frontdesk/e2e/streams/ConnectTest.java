package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** "CONNECT tunnels": only where {@code tunnel_pass} says so, as nginx's module. */
class ConnectTest {
    private static final String CONFIG = """
            http {
                log_format tunnel '$request_method $uri $status $body_bytes_sent $upstream_bytes_sent $upstream_bytes_received';
                access_log logs/access.log tunnel;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { tunnel_pass; tunnel_read_timeout 30s; }
                }
                server {
                    listen 127.0.0.1:{{port}};
                    server_name closed;
                    location / { return 200 "no tunnel here"; }
                }
            }
            """;

    @Test
    void passesBytesBothWaysOnceItIsConnected() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.start(CONFIG);
                RawClient client = server.connect()) {
            client.send("CONNECT " + origin + " HTTP/1.1\r\nHost: " + origin + "\r\n\r\n");
            OriginConnection far = origin.accept();

            String head = client.awaitText("\r\n\r\n");
            assertThat(head).startsWith("HTTP/1.1 200 ").doesNotContain("Transfer-Encoding")
                    .doesNotContain("Content-Length").contains("Connection: close");
            client.send("ping");
            far.raw().awaitText("ping");
            far.send("a pong");
            client.awaitText("a pong");
            far.shutdownOutput();
            assertThat(client.awaitEnd()).isEmpty();

            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).isEqualTo("CONNECT / 200 6 4 6\n"));
        }
    }

    @Test
    void passesWhatCameBehindTheHead() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.start(CONFIG);
                RawClient client = server.connect()) {
            client.send("CONNECT " + origin + " HTTP/1.1\r\nHost: a\r\n\r\nhello");

            origin.accept().raw().awaitText("hello");
        }
    }

    @Test
    void refusesConnectOnAServerWithoutTunnels() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            client.send("CONNECT closed:80 HTTP/1.1\r\nHost: closed:80\r\n\r\n");

            assertThat(client.readAnswer().status()).isEqualTo(405);
            assertThat(client.awaitEnd()).isEmpty();
            assertThat(server.errorLog()).contains("client sent CONNECT method");
        }
    }

    @Test
    void answersBadGatewayWhenNobodyListens() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            client.send("CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: a\r\n\r\n");

            Answer answer = client.readAnswer();

            assertThat(answer.status()).isEqualTo(502);
            assertThat(server.errorLog()).contains(
                    "connect() failed (111: Connection refused) while connecting to upstream").contains(
                            "upstream: \"127.0.0.1:1\"");
        }
    }

    @Test
    void refusesOtherMethods() {
        try (Frontdesk server = Frontdesk.start(CONFIG)) {
            assertThat(server.get("/").status()).isEqualTo(405);
        }
    }
}
