package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** "an exception in a handler": 500 or an abort, the connection closed, one alert with a stack, the loop lives, nothing leaks. */
class HandlerBugTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "fine"; }
                    location /handler { fault handler; }
                    location /answer { fault answer; }
                    location /body { fault body; }
                    location /task { fault task; }
                    location /filter { fault filter; return 200 "text"; }
                    location /log { fault log; return 200 "logged"; }
                    location /error { fault error; }
                }
            }
            """;

    private static Frontdesk start() {
        return Frontdesk.module(new FaultModule()).start(CONFIG).expects("a bug in frontdesk");
    }

    private static void livesOn(Frontdesk server) {
        assertThat(server.get("/").body()).isEqualTo("fine");
        String log = server.errorLog();
        assertThat(log.lines().filter(line -> line.contains("[alert]"))).singleElement().asString()
                .contains("a bug in frontdesk: ").contains("FaultModule");
    }

    @Test
    void answersFiveHundredAndClosesWhenAHandlerThrows() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("GET /handler HTTP/1.1\r\nHost: a\r\n\r\n");

            Answer answer = client.readAnswer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(client.awaitEnd()).isEmpty();
            livesOn(server);
        }
    }

    @Test
    void breaksOffAnAnswerThatHadBegun() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("GET /answer HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.awaitEnd()).startsWith("HTTP/1.1 200 ").hasSizeLessThan(400);
            livesOn(server);
        }
    }

    @Test
    void endsTheConnectionWhenAHandlerThrowsOnItsBody() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
            client.send("hello");

            client.awaitEnd();
            livesOn(server);
        }
    }

    @Test
    void answersFiveHundredWhenAHandlerThrowsAfterItWaited() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("GET /task HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.readAnswer().status()).isEqualTo(500);
            assertThat(client.awaitEnd()).isEmpty();
            assertThat(server.get("/").body()).isEqualTo("fine");
        }
    }

    @Test
    void breaksOffWhenAFilterThrows() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("GET /filter HTTP/1.1\r\nHost: a\r\n\r\n");

            client.awaitEnd();
            livesOn(server);
        }
    }

    @Test
    void keepsAnAnsweredConnectionWhenALogHandlerThrows() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("GET /log HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("logged");

            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("fine");
            livesOn(server);
        }
    }

    @Test
    void endsTheConnectionWhenAHandlerThrowsAnError() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("GET /error HTTP/1.1\r\nHost: a\r\n\r\n");

            client.awaitEnd();
            livesOn(server);
        }
    }

    @Test
    void drainsTheConfigurationAllTheSame() {
        try (Frontdesk server = start(); RawClient client = server.connect()) {
            client.send("GET /answer HTTP/1.1\r\nHost: a\r\n\r\n");
            client.awaitEnd();

            server.reload(CONFIG);

            await().untilAsserted(() -> assertThat(server.errorLog()).contains("exited with code 0"));
        }
    }
}
