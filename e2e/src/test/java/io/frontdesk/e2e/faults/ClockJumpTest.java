package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.LoopClock;
import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row: clock jump (±1 day). Somebody sets the machine's calendar; all that has to do with waiting goes by the monotonic clock. */
class ClockJumpTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                limit_req_zone $binary_remote_addr zone=once:1m rate=1r/m;
                proxy_cache_path {{prefix}}/cache keys_zone=one:1m inactive=10m;
                upstream pool { server {{app}}; }
                log_format l "$time_iso8601 $request_time $uri";
                access_log logs/access.log l;
                server {
                    listen 127.0.0.1:{{port}};
                    add_header X-Cache $upstream_cache_status always;
                    add_header X-Age $upstream_cache_age always;
                    location / { proxy_pass http://pool; }
                    location /impatient { proxy_pass http://pool; proxy_read_timeout 500ms; }
                    location /limited { limit_req zone=once; proxy_pass http://pool; }
                    location /kept {
                        proxy_pass http://pool;
                        proxy_cache one;
                        proxy_cache_key $uri;
                        proxy_cache_valid 200 1h;
                        proxy_cache_valid any 1s;
                        proxy_cache_purge $arg_purge;
                    }
                }
            }
            """;

    /** Sets the calendar of all loops, so many days off. */
    private static void jump(Frontdesk server, int days) {
        LoopClock.Source off = new LoopClock.Source() {
            @Override
            public long monotonicNanos() {
                return System.nanoTime();
            }

            @Override
            public long wallMillis() {
                return System.currentTimeMillis() + Duration.ofDays(days).toMillis();
            }
        };
        for (Worker worker : server.server().engine().workers()) {
            CompletableFuture.runAsync(() -> worker.clock().follow(off), worker.loop()::execute).join();
        }
    }

    private static String get(Frontdesk server, String target) {
        Answer answer = server.get(target);
        return answer.field("X-Cache") + " " + answer.body();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void endsNoConnectionAndNoRequest(int days) {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient running = server.connect();
                RawClient idle = server.connect()) {
            running.send("GET /running HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection answersLate = app.accept();
            answersLate.readRequest();
            idle.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection kept = app.accept();
            kept.readRequest();
            kept.answer("first");
            assertThat(idle.readAnswer().body()).isEqualTo("first");

            jump(server, days);

            // both idle connections are still there, the client's and the upstream's
            idle.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(kept.readRequest().target()).isEqualTo("/second");
            kept.answer("second");
            assertThat(idle.readAnswer().body()).isEqualTo("second");
            answersLate.answer("late");
            assertThat(running.readAnswer().body()).isEqualTo("late");
            assertThat(app.connectionCount()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(server.read("logs/access.log").lines()
                    .filter(line -> line.matches("\\S+ \\d{1,2}\\.\\d{3} /\\w+"))).hasSize(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void delaysNoTimeoutAndForgetsNoLimit(int days) {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /limited HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection origin = app.accept();
            origin.readRequest();
            origin.answer("one a minute");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            client.send("GET /impatient HTTP/1.1\r\nHost: a\r\n\r\n");
            app.accept().readRequest();

            jump(server, days);

            assertThat(client.readAnswer().status()).isEqualTo(504);
            assertThat(server.get("/limited").status()).isEqualTo(503);
        }
    }

    @Test
    void answersByWhatIsKeptWithAnAgeThatIsNotBelowZero() {
        try (Origin app = Origin.telling(request -> request.target());
                Frontdesk server = Frontdesk.with("app", app)
                        .start(CONFIG)) {
            assertThat(get(server, "/kept")).isEqualTo("MISS /kept");
            jump(server, -1);
            Answer answer = server.get("/kept");
            assertThat(answer.field("X-Cache")).isEqualTo("HIT");
            assertThat(answer.field("X-Age")).isEqualTo("0");
            jump(server, 1);
            assertThat(get(server, "/kept")).isEqualTo("EXPIRED /kept");
            assertThat(get(server, "/kept")).isEqualTo("HIT /kept");
        }
    }

    @Test
    void answersByAKeptErrorNoLongerThanItWasMeantTo() {
        AtomicInteger asked = new AtomicInteger();
        try (Origin app = Origin.answering(request -> asked.incrementAndGet() == 1
                ? "nonsense\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.get("/kept").status()).isEqualTo(502);
            jump(server, -1);
            await().until(() -> server.get("/kept").status() == 200);
        }
    }

    @Test
    void keepsWhatIsFetchedAfterAPurgeAlthoughThePurgeSeemsToBeLater() {
        AtomicInteger asked = new AtomicInteger();
        try (Origin app = Origin.telling(request -> "answer " + asked.incrementAndGet());
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(get(server, "/kept/a")).isEqualTo("MISS answer 1");
            assertThat(server.get("/kept/a?purge=1").status()).isEqualTo(204);
            jump(server, -1);
            assertThat(get(server, "/kept/a")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/kept/a")).isEqualTo("HIT answer 2");
        }
    }
}
