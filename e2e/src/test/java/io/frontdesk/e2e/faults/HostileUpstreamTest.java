package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that means harm: the rows of the attack table that concern it. */
class HostileUpstreamTest {
    private static final String CONFIG = """
            http {
                upstream app { server {{app}}; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://app; }
                    location /upgrade {
                        proxy_pass http://app;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $http_connection;
                    }
                    location ~ ^/inject/((?s).*)$ {
                        proxy_pass http://app;
                        proxy_set_header X-Path $1;
                    }
                    location ~ ^/target/((?s).*)$ { proxy_pass http://app/to/$1; }
                }
            }
            """;

    /** Two requests of one client to an origin that answers the first like this: whether its connection carries the second. */
    private static boolean isUsedAgainAfter(String answer) {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection first = app.accept()) {
                first.readRequest();
                first.send(answer);
                client.readAnswer();
                client.send("GET /2 HTTP/1.1\r\nHost: localhost\r\n\r\n");
                await().until(() -> app.hasWaiting() || available(first));
                if (!app.hasWaiting()) {
                    assertThat(first.readRequest().target()).isEqualTo("/2");
                    first.answer("second");
                    assertThat(client.readAnswer().body()).isEqualTo("second");
                    return true;
                }
                assertThat(first.awaitEnd()).isEmpty();
                try (OriginConnection second = app.accept()) {
                    assertThat(second.readRequest().target()).isEqualTo("/2");
                    second.answer("second");
                    assertThat(client.readAnswer().body()).isEqualTo("second");
                }
                return false;
            }
        }
    }

    private static boolean available(OriginConnection connection) throws java.io.IOException {
        return connection.raw().socket().getInputStream().available() > 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "HTTP/1.1 204 X\r\n\r\n"})
    void responseQueueAConnectionWhoseResponseEndedExactlyIsUsedAgain(String answer) {
        assertThat(isUsedAgainAfter(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok!",
            "HTTP/1.1 204 X\r\n\r\nevil", "HTTP/1.1 304 X\r\nContent-Length: 4\r\n\r\nevil",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"})
    void responseQueuePoisoningAConnectionOfWhichAnythingIsInDoubtIsNot(String answer) {
        assertThat(isUsedAgainAfter(answer)).isFalse();
    }

    @Test
    void responseQueuePoisoningAByteOnAnIdleConnectionClosesIt() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection first = app.accept()) {
                first.readRequest();
                first.answer("first");
                assertThat(client.readAnswer().body()).isEqualTo("first");
                first.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                assertThat(first.awaitEnd()).isEmpty();
            }
            client.send("GET /2 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection second = app.accept()) {
                second.readRequest();
                second.answer("second");
                assertThat(client.readAnswer().body()).isEqualTo("second");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n",
            "HTTP/1.1 099 X\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n"})
    void invalidResponseIsA502AndPassesNothingRaw(String answer) {
        try (Origin app = Origin.answering(request -> answer);
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            Answer seen = server.get("/");
            assertThat(seen.status()).isEqualTo(502);
            assertThat(seen.body()).contains("<h1>502 Bad Gateway</h1>").doesNotContain("evil");
        }
    }

    @Test
    void tunnelsBeginOnlyAfterA101ThatWasAskedFor() {
        String switching = "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n";
        try (Origin app = Origin.answering(request -> switching);
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.get("/").status()).isEqualTo(502);
            assertThat(server.get("/upgrade").status()).isEqualTo(502);
            try (RawClient client = server.connect()) {
                client.send(
                        "GET /upgrade HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n");
                assertThat(client.awaitText("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            }
            try (RawClient client = server.connect()) {
                client.send("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(405);
            }
        }
    }

    @Test
    void noTunnelBeginsWithoutA101() {
        // What follows a refusal to upgrade is an ordinary request, and not the origin's to read raw.
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send(
                    "GET /upgrade HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readRequest();
                origin.send("HTTP/1.1 426 X\r\nContent-Length: 0\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(426);
            }
            client.send("GET /inner HTTP/1.1\r\nHost: localhost\r\nConnection: x-secret\r\nX-Secret: 1\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                assertThat(origin.readRequest().head()).startsWith("GET /inner HTTP/1.1\r\n")
                        .doesNotContain("X-Secret");
                origin.answer("inner");
                assertThat(client.readAnswer().body()).isEqualTo("inner");
            }
        }
    }

    @Test
    void hopByHopFieldsStayOnTheirHop() {
        try (Origin app = Origin.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive,"
                + " X-Internal\r\nKeep-Alive: timeout=5\r\nX-Internal: secret\r\nX-Public: yes\r\nTE: trailers\r\n\r\nok");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            Answer answer = server.get("/", "Connection: close, X-Real-IP", "X-Real-IP: 10.0.0.1", "TE: trailers",
                    "Keep-Alive: 5", "Proxy-Connection: keep-alive");
            assertThat(answer.field("X-Public")).isEqualTo("yes");
            assertThat(answer.head()).doesNotContain("X-Internal", "secret", "timeout=5", "TE:");
            assertThat(app.lastRequest().head()).doesNotContain("X-Real-IP", "Keep-Alive", "Proxy-Connection", "TE:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aX-Evil:%201", "a%0aX-Evil:%201", "a%0dX-Evil:%201"})
    void lineBreaksInjectedThroughThePathReachNoField(String path) {
        try (Origin app = Origin.answering("ok"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.get("/inject/" + path).status()).isEqualTo(200);
            assertThat(app.lastRequest().fields("X-Evil")).isEmpty();
            assertThat(app.lastRequest().fields("X-Path")).isEmpty();
            assertThat(server.errorLog()).contains("the value of \"X-Path\" holds a line break or a NUL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aX-Evil:%201", "a%20HTTP/1.1%0d%0aX-Evil:%201"})
    void lineBreaksInjectedThroughThePathStayEncodedInTheTarget(String path) {
        try (Origin app = Origin.answering("ok"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.get("/target/" + path).status()).isEqualTo(200);
            assertThat(app.lastRequest().fields("X-Evil")).isEmpty();
            assertThat(app.lastRequest().target()).startsWith("/to/a%").contains("%0D%0A");
        }
    }

    @Test
    void linesOfTheLogAreNotForgedByAHead() {
        try (Origin app = Origin.answering(request -> "HTTP/1.1 200 OK\r\nX\u001b[31m\u0001: 1\r\n\r\n");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.get("/").status()).isEqualTo(502);
            assertThat(server.errorLog().chars().filter(c -> c < 0x20 && c != '\n')).isEmpty();
        }
    }
}
