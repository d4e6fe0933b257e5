package io.frontdesk.e2e.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How what is kept is fetched, waited for, and renewed. */
class CacheRenewalTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                proxy_cache_path {{prefix}}/cache levels=1:2 keys_zone=one:1m;
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_cache one;
                    proxy_cache_key $uri;
                    add_header X-Cache $upstream_cache_status always;
                    add_header X-Age $upstream_cache_age always;
                    location / {
                        proxy_pass http://{{app}};
                        proxy_cache_lock on;
                        proxy_cache_valid 1m;
                    }
                    location /hurried/ {
                        proxy_pass http://{{app}};
                        proxy_cache_lock on;
                        proxy_cache_lock_timeout 0;
                        proxy_cache_valid 1m;
                    }
                    location /behind/ {
                        proxy_pass http://{{app}};
                        proxy_cache_use_stale updating;
                        proxy_cache_background_update on;
                    }
                    location /asks/ {
                        proxy_pass http://{{app}};
                        proxy_cache_revalidate on;
                        proxy_cache_valid 1m;
                    }
                    location /later/ {
                        proxy_pass http://{{app}};
                        proxy_cache_min_uses 2;
                        proxy_cache_valid 1m;
                    }
                    location /far/ {
                        proxy_pass http://{{app}};
                        proxy_cache_max_range_offset 10;
                        proxy_cache_valid 1m;
                    }
                }
            }
            """;
    private static final String OLD = "X-Accel-Expires: @1\r\n";

    private final AtomicInteger count = new AtomicInteger();

    private String next(String fields) {
        String body = "answer " + count.incrementAndGet();
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String get(Frontdesk server, String target, String... fields) {
        Answer answer = server.get(target, fields);
        return answer.field("X-Cache") + " " + answer.body();
    }

    private static RawClient begin(Frontdesk server, String target) {
        return server.connect().send("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    @Test
    void asksOnceForWhatManyWant() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient first = begin(server, "/a");
                OriginConnection origin = app.accept()) {
            origin.readHead();
            try (RawClient second = begin(server, "/a"); RawClient third = begin(server, "/a")) {
                origin.send(next(""));
                assertThat(first.awaitEnd()).contains("X-Cache: MISS").endsWith("answer 1");
                assertThat(second.awaitEnd()).contains("X-Cache: HIT").endsWith("answer 1");
                assertThat(third.awaitEnd()).contains("X-Cache: HIT").endsWith("answer 1");
            }
            assertThat(app.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void letsTheNextOneAskWhenWhatCameIsNotKept() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient first = begin(server, "/a");
                OriginConnection origin = app.accept()) {
            origin.readHead();
            try (RawClient second = begin(server, "/a")) {
                origin.send(next("Set-Cookie: a=b\r\n"));
                assertThat(first.awaitEnd()).contains("X-Cache: MISS").endsWith("answer 1");
                try (OriginConnection again = app.accept()) {
                    again.readHead();
                    again.send(next(""));
                    assertThat(second.awaitEnd()).contains("X-Cache: MISS").endsWith("answer 2");
                }
            }
            assertThat(get(server, "/a")).isEqualTo("HIT answer 2");
        }
    }

    @Test
    void letsTheNextOneAskWhenTheFirstOneLeaves() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient first = begin(server, "/a");
                OriginConnection origin = app.accept()) {
            origin.readHead();
            try (RawClient second = begin(server, "/a")) {
                first.reset();
                origin.reset();
                try (OriginConnection again = app.accept()) {
                    again.readHead();
                    again.send(next(""));
                    assertThat(second.awaitEnd()).contains("X-Cache: MISS").endsWith("answer 1");
                }
            }
        }
    }

    @Test
    void goesOnWithoutTheCacheWhenItMayNotWait() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient first = begin(server, "/hurried/a");
                OriginConnection origin = app.accept()) {
            origin.readHead();
            try (RawClient second = begin(server, "/hurried/a"); OriginConnection again = app.accept()) {
                again.readHead();
                again.send(next(""));
                assertThat(second.awaitEnd()).contains("X-Cache: MISS").endsWith("answer 1");
            }
            origin.send(next(""));
            assertThat(first.awaitEnd()).contains("X-Cache: MISS").endsWith("answer 2");
            assertThat(get(server, "/hurried/a")).isEqualTo("HIT answer 2");
        }
    }

    @Test
    void leavesTheQueueWhenItsClientLeaves() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient first = begin(server, "/a");
                OriginConnection origin = app.accept()) {
            origin.readHead();
            try (RawClient second = begin(server, "/a")) {
                second.reset();
            }
            origin.send(next(""));
            assertThat(first.awaitEnd()).endsWith("answer 1");
            assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
        }
    }

    @Test
    void renewsBehindTheBackOfWhoGetsTheOld() {
        try (Origin app = Origin.answering(request -> next(count.get() == 0 ? OLD : "Cache-Control: max-age=60\r\n"));
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/behind/a")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/behind/a")).isEqualTo("STALE answer 1");
            await().untilAsserted(() -> assertThat(get(server, "/behind/a")).isEqualTo("HIT answer 2"));
            assertThat(count).hasValue(2);
        }
    }

    @Test
    void answersOthersByTheOldWhileItIsRenewed() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient first = begin(server, "/behind/a");
                OriginConnection origin = app.accept()) {
            origin.readHead();
            origin.send(next(OLD));
            first.awaitEnd();
            try (RawClient second = begin(server, "/behind/a"); OriginConnection behind = app.accept()) {
                behind.readHead();
                assertThat(second.awaitText("answer 1")).contains("X-Cache: STALE");
                assertThat(get(server, "/behind/a")).isEqualTo("UPDATING answer 1");
                behind.send(next("Cache-Control: max-age=60\r\n"));
                assertThat(second.awaitEnd()).isEmpty();
                assertThat(get(server, "/behind/a")).isEqualTo("HIT answer 2");
            }
        }
    }

    @Test
    void asksWhetherTheOldStillHolds() {
        String etag = "ETag: \"x\"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n";
        try (Origin app = Origin.answering(request -> request.field("If-None-Match").isEmpty()
                ? next(OLD + etag)
                : "HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\n\r\n");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/asks/a")).isEqualTo("MISS answer 1");
            assertThat(get(server, "/asks/a", "If-None-Match: \"other\"")).isEqualTo("REVALIDATED answer 1");
            OriginRequest asked = app.lastRequest();
            assertThat(asked.field("If-None-Match")).isEqualTo("\"x\"");
            assertThat(asked.field("If-Modified-Since")).isEqualTo("Mon, 01 Jan 2024 00:00:00 GMT");
            Answer hit = server.get("/asks/a");
            assertThat(hit.field("X-Cache")).isEqualTo("HIT");
            assertThat(hit.field("X-Age")).isNotEmpty();
            assertThat(server.get("/asks/a", "If-None-Match: \"x\"").status()).isEqualTo(304);
        }
    }

    @Test
    void passesARangeOnBeforeItKeepsAnything() {
        try (Origin app = Origin.answering(request -> next(""));
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/later/a", "Range: bytes=0-1")).isEqualTo("MISS answer 1");
            assertThat(app.lastRequest().field("Range")).isEqualTo("bytes=0-1");
            assertThat(get(server, "/later/a")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/later/a")).isEqualTo("HIT answer 2");
        }
    }

    @Test
    void passesARangeOnThatBeginsFarBehind() {
        try (Origin app = Origin.answering(request -> next(""));
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/far/a", "Range: bytes=10-")).isEqualTo("MISS answer 1");
            assertThat(app.lastRequest().field("Range")).isEqualTo("bytes=10-");
            get(server, "/far/a", "Range: bytes=9-");
            assertThat(app.lastRequest().field("Range")).isEmpty();
        }
    }
}
