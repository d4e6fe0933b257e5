package io.frontdesk.e2e.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client asks for must never become what another one gets: neither its secrets, nor half of an answer. */
class CachePoisoningTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                proxy_cache_path {{prefix}}/cache keys_zone=one:1m;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://{{app}};
                        proxy_cache one;
                        proxy_cache_valid any 1m;
                        proxy_cache_methods POST;
                        add_header X-Cache $upstream_cache_status always;
                    }
                    location /heads/ {
                        proxy_pass http://{{app}};
                        proxy_cache one;
                        proxy_cache_valid any 1m;
                        proxy_cache_convert_head off;
                        add_header X-Cache $upstream_cache_status always;
                    }
                }
            }
            """;

    private final AtomicInteger count = new AtomicInteger();

    private Origin counting(String fields) {
        return Origin.answering(request -> {
            String body = "answer " + count.incrementAndGet();
            return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n"
                    + (request.method().equals("HEAD") ? "" : body);
        });
    }

    private static String get(Frontdesk server, String target, String... fields) {
        Answer answer = server.get(target, fields);
        return answer.field("X-Cache") + " " + answer.body();
    }

    @Test
    void tellsMethodsApart() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.request("POST", "/a", "Content-Length: 0").body()).isEqualTo("answer 1");
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
            assertThat(server.request("POST", "/a", "Content-Length: 0").field("X-Cache")).isEqualTo("HIT");
            assertThat(server.request("PUT", "/a", "Content-Length: 0").body()).isEqualTo("answer 3");
        }
    }

    @Test
    void neverAnswersAGetByAHead() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.request("HEAD", "/heads/a").field("X-Cache")).isEqualTo("MISS");
            assertThat(app.lastRequest().method()).isEqualTo("HEAD");
            assertThat(server.request("HEAD", "/heads/a").field("X-Cache")).isEqualTo("HIT");
            assertThat(get(server, "/heads/a")).isEqualTo("MISS answer 2");
        }
    }

    @Test
    void tellsTargetsApartThatDifferInTheirSpellingOnly() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a?b=1")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a?b=%31")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/a?b=1&c")).isEqualTo("MISS answer 3");
            assertThat(get(server, "/a?b=1")).isEqualTo("HIT answer 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cache-Control: max-age=60\r\n"})
    void keepsNothingThatWasAskedForWithCredentials(String field) {
        try (Origin app = counting(field); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a", "Authorization: Basic eA==")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "max-age=60, must-revalidate", "Public, max-age=9"})
    void keepsWhatWasAskedForWithCredentialsWhenItSaysThatItMay(String value) {
        try (Origin app = counting("Cache-Control: " + value + "\r\n");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a", "Authorization: Basic eA==")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set-Cookie: a=b\r\nCache-Control: max-age=60", "Cache-Control: max-age=60, private",
            "Cache-Control: max-age=60\r\nCache-Control: no-store", "Vary: Accept\r\nVary: *", "Vary: a, *",
            "Cache-Control: max-age=zero", "Cache-Control: s-maxage=0, max-age=60"})
    void keepsNothingThatIsForOneClientWhateverElseItSays(String fields) {
        try (Origin app = counting(fields + "\r\n"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"206 Partial Content\r\nContent-Range: bytes 0-1/9", "304 Not Modified"})
    void keepsNoPart(String status) {
        try (Origin app = Origin.answering(request -> "HTTP/1.1 " + status
                + (status.startsWith("304")
                        ? "\r\n\r\n"
                        : "\r\nContent-Length: 2\r\n\r\n" + count.incrementAndGet()
                                + "!"));
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.get("/a").field("X-Cache")).isEqualTo("MISS");
            assertThat(server.get("/a").field("X-Cache")).isEqualTo("MISS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\n12345", "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n", "Content-Length: 5\r\n\r\n1234"})
    void keepsNothingWhenTheServerDiesInTheMiddle(String rest) {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            for (int i = 0; i < 2; i++) {
                try (RawClient client = server.connect()) {
                    client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    try (OriginConnection origin = app.accept()) {
                        origin.readHead();
                        origin.send("HTTP/1.1 200 OK\r\n" + rest);
                    }
                    assertThat(client.awaitEnd()).contains("X-Cache: MISS");
                }
            }
            answersWhole(server, app, "MISS");
            assertThat(get(server, "/a")).isEqualTo("HIT whole");
        }
    }

    @Test
    void keepsNothingWhenTheServerResetsAnAnswerThatItsEndEnds() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            try (RawClient client = server.connect()) {
                client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
                try (OriginConnection origin = app.accept()) {
                    origin.readHead();
                    origin.send("HTTP/1.0 200 OK\r\n\r\n12345");
                    client.awaitText("12345");
                    origin.reset();
                }
                client.awaitEnd();
            }
            answersWhole(server, app, "MISS");
        }
    }

    private static void answersWhole(Frontdesk server, Origin app, String status) {
        try (RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwhole");
            }
            assertThat(client.awaitEnd()).contains("X-Cache: " + status).endsWith("whole");
        }
    }

    @Test
    void keepsTheWholeAlthoughItsClientLeft() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            try (OriginConnection origin = startAndLeave(server, app,
                    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123")) {
                origin.send("456789");
                assertThat(get(server, "/a")).isEqualTo("HIT 123456789");
            }
        }
    }

    @Test
    void keepsTheWholeAlthoughItsClientLeftBeforeTheHead() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            try (OriginConnection origin = startAndLeave(server, app, "")) {
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789");
                assertThat(get(server, "/a")).isEqualTo("HIT 123456789");
            }
        }
    }

    private static OriginConnection startAndLeave(Frontdesk server, Origin app, String begin) {
        RawClient client = server.connect();
        client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
        OriginConnection origin = app.accept();
        origin.readHead();
        if (!begin.isEmpty()) {
            origin.send(begin);
            client.awaitText("123");
        }
        client.reset();
        return origin;
    }
}
