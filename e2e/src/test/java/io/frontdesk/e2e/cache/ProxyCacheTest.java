package io.frontdesk.e2e.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code proxy_cache} keeps, what it must not keep, and how it answers. */
class ProxyCacheTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                proxy_cache_path {{prefix}}/cache levels=1:2 keys_zone=one:1m;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://{{app}};
                        proxy_cache one;
                        proxy_cache_valid 200 404 1m;
                        proxy_cache_bypass $arg_bypass;
                        proxy_no_cache $arg_no;
                        proxy_cache_use_stale error http_500;
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
    void answersByWhatItKept() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
            assertThat(get(server, "/b")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/a?bypass=1")).isEqualTo("BYPASS answer 3");
            assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
            assertThat(get(server, "/c?no=1")).isEqualTo("MISS answer 4");
            assertThat(get(server, "/c?no=1")).isEqualTo("MISS answer 5");
        }
    }

    @Test
    void tellsHostsApartWhereNoKeyIsSaid() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a", "Host: one")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a", "Host: two")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/a", "Host: one")).isEqualTo("HIT answer 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set-Cookie: a=b", "Cache-Control: private", "Cache-Control: no-store", "Vary: *",
            "Cache-Control: max-age=0", "X-Accel-Expires: 0", "Expires: Thu, 01 Jan 1970 00:00:01 GMT"})
    void keepsNothingThatIsForOneClient(String field) {
        try (Origin app = counting(field + "\r\n"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
        }
    }

    @Test
    void keepsNothingThatWasAskedForWithCredentials() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a", "Authorization: Basic eA==")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
        }
    }

    @Test
    void keepsAnswersApartThatVary() {
        try (Origin app = counting("Vary: X-Kind\r\n"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a", "X-Kind: one")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a", "X-Kind: two")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/a", "X-Kind: one")).isEqualTo("HIT answer 1");
            assertThat(get(server, "/a", "X-Kind: two")).isEqualTo("HIT answer 2");
        }
    }

    @Test
    void asksForTheWholeWhereTheClientAsksForAHead() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.request("HEAD", "/a").field("X-Cache")).isEqualTo("MISS");
            assertThat(app.lastRequest().method()).isEqualTo("GET");
            assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
            assertThat(server.request("HEAD", "/a").field("Content-Length")).isEqualTo("8");
        }
    }

    @Test
    void keepsNothingOfAnAnswerThatBreaksOff() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            for (int i = 0; i < 2; i++) {
                try (RawClient client = server.connect()) {
                    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
                    try (OriginConnection origin = app.accept()) {
                        origin.readHead();
                        origin.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
                    }
                    assertThat(client.awaitEnd()).contains("X-Cache: MISS");
                }
            }
        }
    }

    @Test
    void answersByWhatIsTooOldWhenTheServerFails() {
        AtomicInteger asked = new AtomicInteger();
        try (Origin app = Origin.answering(request -> asked.incrementAndGet() == 1
                ? "HTTP/1.1 200 OK\r\nX-Accel-Expires: @1\r\nContent-Length: 2\r\n\r\nok"
                : "HTTP/1.1 500 Oops\r\nContent-Length: 1\r\n\r\nx");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a")).isEqualTo("MISS ok");
            assertThat(get(server, "/a")).isEqualTo("STALE ok");
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void cutsRangesOutOfWhatItKept() {
        try (Origin app = counting("Accept-Ranges: bytes\r\n");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            get(server, "/a");
            Answer part = server.get("/a", "Range: bytes=2-4");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).isEqualTo("swe");
            OriginRequest asked = app.lastRequest();
            assertThat(asked.field("Range")).isEmpty();
        }
    }

    @Test
    void findsWhatAnotherProcessKept() {
        try (Origin app = counting(""); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/a")).isEqualTo("MISS answer 1");
            assertThat(server.reload(CONFIG)).isTrue();
            assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
        }
    }
}
