package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When another server is asked, and when not. */
class RetryTest {
    private static final String POOL = """
            http {
                upstream pool {
                    server {{one}} fail_timeout=1h;
                    server {{two}} fail_timeout=1h;
                    server {{three}} fail_timeout=1h;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    add_header X-Status $upstream_status always;
                    location / { proxy_pass http://pool; {{directives}} }
                }
            }
            """;

    /** Three servers that answer by this status, asked once by each of the methods: the statuses that were tried. */
    private static String tried(int status, String directives, String... methods) {
        String reply = "HTTP/1.1 " + status + " X\r\nContent-Length: 3\r\n\r\nbad";
        try (Origin one = Origin.answering(request -> reply);
                Origin two = Origin.answering(request -> reply);
                Origin three = Origin.answering(request -> reply);
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("three", three)
                        .with("directives", directives).start(POOL)) {
            StringBuilder all = new StringBuilder();
            for (String method : methods) {
                Answer answer = server.request(method, "/");
                all.append(all.isEmpty() ? "" : " then ").append(answer.field("X-Status"));
            }
            return all.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 403, 404, 429})
    void aStatusGoesToTheNextWhenItIsNamed(int status) {
        assertThat(tried(status, "proxy_next_upstream http_" + status + ";", "GET"))
                .isEqualTo(status + ", " + status + ", " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 403, 404, 429})
    void aStatusIsTheAnswerWhenItIsNotNamed(int status) {
        assertThat(tried(status, "", "GET")).isEqualTo(String.valueOf(status));
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504", "429"})
    void aNamedStatusIsCounted(int status) {
        // The last server's answer passes on, and so is none of these; nginx: that others are left is seen when one is asked for.
        assertThat(tried(status, "proxy_next_upstream http_" + status + ";", "GET", "GET"))
                .isEqualTo(status + ", " + status + ", " + status + " then " + status + ", 502");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aStatusOfTheClientsIsNotCounted(int status) {
        String all = status + ", " + status + ", " + status;
        assertThat(tried(status, "proxy_next_upstream http_" + status + ";", "GET", "GET"))
                .isEqualTo(all + " then " + all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "LOCK", "PATCH"})
    void whatIsNotIdempotentGoesNowhereOnceItWasSent(String method) {
        assertThat(tried(503, "proxy_next_upstream http_503;", method)).isEqualTo("503");
        assertThat(tried(503, "proxy_next_upstream http_503 non_idempotent;", method)).isEqualTo("503, 503, 503");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS"})
    void whatIsIdempotentGoesToTheNext(String method) {
        assertThat(tried(503, "proxy_next_upstream http_503;", method)).isEqualTo("503, 503, 503");
    }

    @Test
    void noMoreServersAreTriedThanTheLimitSays() {
        assertThat(tried(503, "proxy_next_upstream http_503; proxy_next_upstream_tries 2;", "GET"))
                .isEqualTo("503, 503");
        assertThat(tried(503, "proxy_next_upstream http_503; proxy_next_upstream_tries 1;", "GET")).isEqualTo("503");
        assertThat(tried(503, "proxy_next_upstream http_503; proxy_next_upstream_tries 9;", "GET"))
                .isEqualTo("503, 503, 503");
    }

    @Test
    void noServerIsTriedWhenTheTimeIsOver() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.scripted();
                Origin three = Origin.scripted();
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("three", three)
                        .with("directives", "proxy_read_timeout 200ms; proxy_next_upstream_timeout 100ms;")
                        .start(POOL)) {
            Answer answer = server.get("/");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.field("X-Status")).isEqualTo("504");
            assertThat(two.connectionCount() + three.connectionCount()).isZero();
        }
    }

    @Test
    void offTriesNoOther() {
        assertThat(tried(503, "proxy_next_upstream http_503 off;", "GET")).isEqualTo("503");
    }

    @Test
    void anUnknownConditionFailsTheLoad() {
        assertThat(Frontdesk.refusal("http { server { proxy_next_upstream http_418; } }"))
                .contains("[emerg] invalid value \"http_418\" in ");
    }

    @Test
    void aBodyGoesToTheNextAsItWas() {
        try (Origin one = Origin.answering(r -> "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
                Origin two = Origin.telling(r -> r.body());
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("three", two)
                        .with("directives", "proxy_next_upstream http_503;").start(POOL);
                RawClient client = server.connect()) {
            String body = "0123456789".repeat(5000);
            client.send("PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            Answer answer = client.readAnswer();
            assertThat(answer.field("X-Status")).isEqualTo("503, 200");
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @Test
    void anUnbufferedBodyThatWasBegunGoesNowhere() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("three", two)
                        .with("directives", "proxy_request_buffering off; proxy_next_upstream error http_503;")
                        .start(POOL);
                RawClient client = server.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n01234");
            try (OriginConnection origin = one.accept()) {
                origin.readHead();
                origin.raw().awaitText("01234");
            }
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.field("X-Status")).isEqualTo("502");
        }
    }

    @Test
    void noByteGoesToTheClientTwice() {
        // the head is out: no other server may answer, whatever is named
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).with("three", two)
                        .with("directives", "proxy_next_upstream error timeout invalid_header;").start(POOL);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = one.accept()) {
                origin.readRequest();
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0");
                client.awaitText("\r\n\r\n0");
            }
            assertThat(client.awaitEnd()).isEmpty();
            assertThat(two.connectionCount()).isZero();
        }
    }

    private static final String KEPT = """
            http {
                upstream pool {
                    server {{one}} fail_timeout=1h;
                    server {{two}} backup;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    add_header X-Status $upstream_status always;
                    add_header X-Addr $upstream_addr always;
                    location / { proxy_pass http://pool; proxy_next_upstream_tries 1; }
                    location /off { proxy_pass http://pool; proxy_next_upstream off; }
                }
            }
            """;

    @Test
    void anErrorOnAKeptConnectionIsTriedOnceMoreOnTheSameServerAndNotCounted() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).start(KEPT);
                RawClient client = server.connect()) {
            client.send("GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            OriginConnection kept = one.accept();
            kept.readRequest();
            kept.answer("first");
            assertThat(client.readAnswer().body()).isEqualTo("first");

            client.send("GET /2 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(kept.readRequest().target()).isEqualTo("/2");
            kept.close();
            try (OriginConnection fresh = one.accept()) {
                assertThat(fresh.readRequest().target()).isEqualTo("/2");
                fresh.answer("second");
                Answer second = client.readAnswer();
                assertThat(second.body()).isEqualTo("second");
                assertThat(second.field("X-Addr")).isEqualTo(one + ", " + one);
                assertThat(second.field("X-Status")).isEqualTo("502, 200");

                // not counted: the backup is not asked
                client.send("GET /3 HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(fresh.readRequest().target()).isEqualTo("/3");
                fresh.answer("third");
                assertThat(client.readAnswer().body()).isEqualTo("third");
            }
        }
    }

    @Test
    void anErrorOnAKeptConnectionEndsAPost() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).start(KEPT);
                RawClient client = server.connect()) {
            client.send("GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            OriginConnection kept = one.accept();
            kept.readRequest();
            kept.answer("first");
            client.readAnswer();

            client.send("POST /2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx");
            kept.readRequest();
            kept.close();
            assertThat(client.readAnswer().field("X-Status")).isEqualTo("502");
        }
    }

    @Test
    void anErrorOnAKeptConnectionEndsARequestThatMayNotGoOn() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).start(KEPT);
                RawClient client = server.connect()) {
            client.send("GET /off HTTP/1.1\r\nHost: localhost\r\n\r\n");
            OriginConnection kept = one.accept();
            kept.readRequest();
            kept.answer("first");
            client.readAnswer();

            client.send("GET /off HTTP/1.1\r\nHost: localhost\r\n\r\n");
            kept.readRequest();
            kept.close();
            assertThat(client.readAnswer().field("X-Status")).isEqualTo("502");
        }
    }
}
