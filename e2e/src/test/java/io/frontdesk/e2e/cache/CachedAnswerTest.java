package io.frontdesk.e2e.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A kept answer on its way to the client: as any other answer goes, whatever the client does meanwhile. */
class CachedAnswerTest {
    private static final int LARGE = 4_000_000;
    private static final String CONFIG = """
            worker_processes 1;
            http {
                proxy_cache_path {{prefix}}/cache keys_zone=one:1m;
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_cache one;
                    proxy_cache_valid any 1m;
                    proxy_cache_methods POST;
                    add_header X-Cache $upstream_cache_status always;
                    location / {
                        proxy_pass http://{{app}};
                    }
                    location /streamed/ {
                        proxy_pass http://{{app}};
                        proxy_request_buffering off;
                    }
                    location /zipped/ {
                        proxy_pass http://{{app}};
                        gzip on;
                        gzip_min_length 1;
                        gzip_types text/plain;
                    }
                    location /pages/ {
                        proxy_pass http://{{app}};
                        proxy_intercept_errors on;
                        error_page 404 /instead;
                    }
                    location /slash/ {
                        proxy_pass http://{{app}};
                        error_page 418 = @kept;
                        return 418;
                    }
                    location @kept {
                        proxy_pass http://{{app}};
                    }
                    location /accel/ {
                        internal;
                        proxy_pass http://{{app}};
                    }
                }
            }
            """;

    private final AtomicInteger count = new AtomicInteger();

    private Origin origin() {
        return Origin.answering(request -> {
            int number = count.incrementAndGet();
            String target = request.target();
            if (target.contains("missing")) {
                return "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone";
            }
            if (target.equals("/jump")) {
                return "HTTP/1.1 200 OK\r\nX-Accel-Redirect: /accel/a\r\nContent-Length: 0\r\n\r\n";
            }
            String body = target.contains("large") ? "x".repeat(LARGE) : "answer " + number;
            return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nAccept-Ranges: bytes\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
        });
    }

    private Frontdesk start(Origin app) {
        return Frontdesk.with("app", app).start(CONFIG);
    }

    private static String get(Frontdesk server, String target, String... fields) {
        Answer answer = server.get(target, fields);
        return answer.field("X-Cache") + " " + answer.body();
    }

    @Test
    void leavesNothingOfTheBodyOfARequestOnTheConnection() {
        try (Origin app = origin(); Frontdesk server = start(app)) {
            for (String target : new String[]{"/a", "/streamed/a"}) {
                String hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
                String post = "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + hidden.length()
                        + "\r\n\r\n" + hidden;
                try (RawClient client = server.connect()) {
                    String first = client.send(post).readAnswer().body();
                    Answer second = client.send(post).readAnswer();
                    assertThat(second.field("X-Cache")).isEqualTo("HIT");
                    assertThat(second.body()).isEqualTo(first);
                    client.send("GET /missing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertThat(client.readAnswer().status()).isEqualTo(404);
                }
            }
            assertThat(app.requests()).noneMatch(request -> request.target().equals("/hidden"));
        }
    }

    @Test
    void answersManyRequestsOnOneConnection() {
        try (Origin app = origin(); Frontdesk server = start(app); RawClient client = server.connect()) {
            for (int i = 0; i < 5; i++) {
                client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nHEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().body()).isEqualTo("answer 1");
                Answer head = client.readAnswer(true);
                assertThat(head.field("Content-Length")).isEqualTo("8");
                assertThat(head.field("X-Cache")).isEqualTo("HIT");
            }
        }
    }

    @Test
    void sendsALargeOneWholeAndInRanges() {
        try (Origin app = origin(); Frontdesk server = start(app)) {
            assertThat(server.get("/large").body()).hasSize(LARGE);
            Answer hit = server.get("/large");
            assertThat(hit.field("X-Cache")).isEqualTo("HIT");
            assertThat(hit.body()).isEqualTo("x".repeat(LARGE));
            assertThat(server.get("/large", "Range: bytes=-100000").body()).hasSize(100_000);
            Answer several = server.get("/large", "Range: bytes=0-0,5-6");
            assertThat(several.field("Content-Type")).startsWith("multipart/byteranges");
        }
    }

    @Test
    void letsGoOfTheFileWhenTheClientLeavesInTheMiddle() {
        try (Origin app = origin(); Frontdesk server = start(app)) {
            server.get("/large");
            for (int i = 0; i < 3; i++) {
                try (RawClient client = server.connect()) {
                    client.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    client.awaitBytes(1000);
                    client.reset();
                }
            }
            assertThat(server.get("/large").body()).hasSize(LARGE);
            await().untilAsserted(() -> assertThat(openFiles(server)).isZero());
        }
    }

    private static long openFiles(Frontdesk server) throws java.io.IOException {
        try (var all = java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
            return all.filter(fd -> {
                try {
                    return java.nio.file.Files.readSymbolicLink(fd).startsWith(server.prefix().resolve("cache"));
                } catch (java.io.IOException e) {
                    return false;
                }
            }).count();
        }
    }

    @Test
    void compressesWhatItKeptForWhoTakesIt() {
        try (Origin app = origin(); Frontdesk server = start(app)) {
            assertThat(get(server, "/zipped/a")).isEqualTo("MISS answer 1");
            Answer zipped = server.get("/zipped/a", "Accept-Encoding: gzip");
            assertThat(zipped.field("X-Cache")).isEqualTo("HIT");
            assertThat(zipped.field("Content-Encoding")).isEqualTo("gzip");
            assertThat(get(server, "/zipped/a")).isEqualTo("HIT answer 1");
        }
    }

    @Test
    void keepsTheStatusOfAnErrorThatAPageStandsFor() {
        try (Origin app = origin(); Frontdesk server = start(app)) {
            for (int i = 0; i < 3; i++) {
                Answer answer = server.get("/pages/missing");
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo("answer 2");
            }
            assertThat(count).hasValue(2);
        }
    }

    @Test
    void answersInANamedLocation() {
        try (Origin app = origin(); Frontdesk server = start(app)) {
            assertThat(get(server, "/slash/a")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/slash/a")).isEqualTo("HIT answer 1");
        }
    }

    @Test
    void keepsWhatARedirectOfTheServerLedTo() {
        try (Origin app = origin(); Frontdesk server = start(app)) {
            assertThat(get(server, "/jump")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/jump")).isEqualTo("HIT answer 2");
        }
    }

    @Test
    void answersByTheServerWhenTheCacheCannotWrite() {
        String config = CONFIG.replace("{{prefix}}/cache", "/dev/null/cache");
        try (Origin app = origin();
                Frontdesk server = Frontdesk.with("app", app).start(config).expects("/dev/null/cache")) {
            assertThat(get(server, "/a")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
            assertThat(server.errorLog().lines().filter(line -> line.contains("[crit]"))).hasSize(1);
        }
    }
}
