package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** A client has sent its last byte while what it sent before still waits behind a request. */
class PipelineEndTest {
    private static final String CONFIG = """
            http {
                client_header_timeout 1h;
                client_body_timeout 1h;
                keepalive_timeout 1h;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "local"; }
                    location /app { proxy_pass http://{{app}}; }
                    location /files/ { alias {{prefix}}/; }
                }
            }
            """;
    private static final String TO_APP = "GET /app HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LOCAL = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello";

    /** The client ends behind {@code text}, whose first request the origin answers after that. */
    private static void sendAndEnd(RawClient client, Origin app, String text) {
        client.send(text);
        try (OriginConnection origin = app.accept()) {
            origin.readRequest();
            client.shutdownOutput();
            origin.answer("app");
            assertThat(client.readAnswer().body()).isEqualTo("app");
        }
    }

    @Test
    void aHeadThatBreaksOffEndsTheConnection() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            sendAndEnd(client, app, TO_APP + "GET / HTT");
            assertThat(client.awaitEnd()).isEmpty();
            assertThat(server.errorLog())
                    .contains("client prematurely closed connection while reading client request headers");
        }
    }

    @Test
    void aBodyThatBreaksOffIsA400() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            sendAndEnd(client, app, TO_APP + POST);
            assertThat(client.readAnswer().status()).isEqualTo(400);
            assertThat(client.awaitEnd()).isEmpty();
            assertThat(app.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void aRequestThatIsWholeIsAnswered() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            sendAndEnd(client, app, TO_APP + POST + "again");
            try (OriginConnection origin = app.accept()) {
                assertThat(origin.readRequest().body()).isEqualTo("helloagain");
                origin.answer("posted");
            }
            assertThat(client.readAnswer().body()).isEqualTo("posted");
            assertThat(client.awaitEnd()).isEmpty();
        }
    }

    @Test
    void soAreThoseBehindAnAnswerThatIsOutAtOnce() {
        String large = "0123456789".repeat(2000);
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.file("large", large).with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            String file = "GET /files/large HTTP/1.1\r\nHost: a\r\n\r\n";
            sendAndEnd(client, app, TO_APP + file + file + LOCAL);
            assertThat(client.readAnswer().body()).isEqualTo(large);
            assertThat(client.readAnswer().body()).isEqualTo(large);
            assertThat(client.readAnswer().body()).isEqualTo("local");
            assertThat(client.awaitEnd()).isEmpty();
        }
    }
}
