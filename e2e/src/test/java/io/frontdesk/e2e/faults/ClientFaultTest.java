package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** The client goes away, or sends what can't be taken, while an upstream is asked. */
class ClientFaultTest {
    private static final String CONFIG = """
            http {
                log_format upstream "$status $upstream_status";
                access_log logs/access.log upstream;
                client_max_body_size 10;
                client_body_timeout {{patience}};
                client_header_timeout {{patience}};
                upstream pool {
                    server {{app}} fail_timeout=1h;
                    server 127.0.0.1:{{port.dead}} backup;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://pool; }
                    location /finish { proxy_pass http://pool; proxy_ignore_client_abort on; }
                    location /stream { proxy_pass http://pool; proxy_request_buffering off; }
                }
            }
            """;

    private static Frontdesk start(Origin app, String patience) {
        return Frontdesk.with("app", app).with("patience", patience).start(CONFIG);
    }

    private static void awaitLog(Frontdesk server, String line) {
        await().untilAsserted(() -> assertThat(server.read("logs/access.log")).isEqualTo(line));
    }

    @Test
    void clientLeavesWhileUpstreamWorksIsA499AndClosesTheUpstreamConnection() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "30s");
                RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readRequest();
                client.close();
                assertThat(origin.awaitEnd()).isEmpty();
            }
            awaitLog(server, "499 499\n");
            assertThat(server.errorLog()).contains("[info]",
                    "client prematurely closed connection, so upstream connection"
                            + " is closed too while reading response header from upstream, client: 127.0.0.1, server: ,"
                            + " request: \"GET /a HTTP/1.1\", upstream: \"http://" + app + "/a\", host: \"localhost\"");
        }
    }

    @Test
    void clientResetWhileUpstreamWorksIsA499Too() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "30s");
                RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readRequest();
                client.reset();
                assertThat(origin.awaitEnd()).isEmpty();
            }
            awaitLog(server, "499 499\n");
        }
    }

    @Test
    void halfCloseByClientCountsAsGone() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "30s");
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readRequest();
                client.shutdownOutput();
                assertThat(client.awaitEnd()).isEmpty();
                assertThat(origin.awaitEnd()).isEmpty();
            }
            awaitLog(server, "499 499\n");
        }
    }

    @Test
    void clientGoneIsNotCounted() {
        try (Origin app = Origin.scripted(); Frontdesk server = start(app, "30s")) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = server.connect()) {
                    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    try (OriginConnection origin = app.accept()) {
                        origin.readRequest();
                        client.close();
                        origin.awaitEnd();
                    }
                }
            }
            assertThat(server.errorLog()).doesNotContain("temporarily disabled");
        }
    }

    @Test
    void withIgnoreClientAbortTheUpstreamFinishes() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "30s");
                RawClient client = server.connect()) {
            client.send("GET /finish HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readRequest();
                client.close();
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n01234");
                origin.send("56789");
                assertThat(origin.awaitEnd()).isEmpty();
                try (RawClient next = server.connect()) {
                    next.send("GET /finish HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    try (OriginConnection again = app.accept()) {
                        again.readRequest();
                        again.answer("again");
                        assertThat(next.readAnswer().body()).isEqualTo("again");
                    }
                }
            }
            assertThat(server.errorLog()).doesNotContain("so upstream connection is closed too");
        }
    }

    @Test
    void bodyOverTheLimitIsA413AndNobodyIsAsked() {
        try (Origin app = Origin.answering("app");
                Frontdesk server = start(app, "30s");
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(413);
            assertThat(server.errorLog()).contains("[error]",
                    "client intended to send too large body: 11 bytes, client: ");
            assertThat(app.connectionCount()).isZero();
        }
    }

    @Test
    void bodyThatStallsIsA408AndNobodyIsAsked() {
        try (Origin app = Origin.answering("app");
                Frontdesk server = start(app, "300ms");
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n01234");
            client.awaitEnd();
            awaitLog(server, "408 -\n");
            assertThat(server.errorLog()).contains("[info]",
                    "client timed out (110: Connection timed out) while reading client request body, client: 127.0.0.1");
            assertThat(app.connectionCount()).isZero();
        }
    }

    @Test
    void streamedBodyThatStallsIsA408AndIsNotTheServersFault() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "300ms");
                RawClient client = server.connect()) {
            client.send("POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n01234");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                assertThat(origin.awaitEnd()).isEqualTo("01234");
            }
            client.awaitEnd();
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).startsWith("408 "));
            assertThat(server.errorLog()).doesNotContain("temporarily disabled");
        }
    }

    @Test
    void headThatStallsIsClosedWithALine() {
        try (Origin app = Origin.answering("app");
                Frontdesk server = start(app, "300ms");
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHo");
            client.awaitEnd();
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("[info]",
                    "client timed out (110: Connection timed out) while reading client request headers, client: "));
        }
    }

    @Test
    void bodyThatBreaksOffIsA400AndNobodyIsAsked() {
        try (Origin app = Origin.answering("app");
                Frontdesk server = start(app, "30s");
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n01234").shutdownOutput();
            client.awaitEnd();
            awaitLog(server, "400 -\n");
            assertThat(server.errorLog()).contains("client prematurely closed connection, client: 127.0.0.1");
            assertThat(app.connectionCount()).isZero();
        }
    }

    @Test
    void bodyLeftBehindAnEarlyAnswerIsNoRequest() {
        // the body looks like a request; the origin answers before it is read
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "30s");
                RawClient client = server.connect()) {
            client.send("POST /stream HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                origin.send("HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n");
                Answer answer = client.readAnswer();
                assertThat(answer.status()).isEqualTo(401);
                // the request was not sent whole: the connection to the origin is not used again
                assertThat(origin.awaitEnd()).isEmpty();
            }
            client.send("5\r\nGET /\r\n0\r\n\r\n");
            client.send("GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                assertThat(origin.readRequest().target()).isEqualTo("/next");
                origin.answer("next");
                assertThat(client.readAnswer().body()).isEqualTo("next");
            }
        }
    }
}
