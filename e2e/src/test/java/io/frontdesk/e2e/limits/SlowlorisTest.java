package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Row: slowloris (head, body, read), many idle connections. What slowhttptest does with -H, -B, -X and -R, and a crowd that only holds its
 * sockets. {@code -Dfrontdesk.idle=10000} makes the crowd as large as the row asks for.
 */
class SlowlorisTest {
    private static final int IDLE = Integer.getInteger("frontdesk.idle", 1000);

    private static final String CONFIG = """
            http {
                client_header_timeout %s;
                client_body_timeout %s;
                send_timeout 500ms;
                log_format status "$status";
                access_log logs/access.log status;
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    location /app { proxy_pass http://{{app}}; }
                    location /streamed { proxy_pass http://{{app}}; proxy_request_buffering off; }
                }
            }
            """;

    private static Frontdesk start(Origin app, String headerTimeout, String bodyTimeout) {
        return Frontdesk.with("app", app).file("html/large", "x".repeat(20_000_000))
                .start(CONFIG.formatted(headerTimeout, bodyTimeout));
    }

    /** Sends a part again and again, with the pauses of a slow client, until the server has had enough. */
    private static Thread drips(RawClient client, String part) {
        return Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    client.send(part);
                    Thread.sleep(20);
                }
            } catch (UncheckedIOException | InterruptedException closed) {
                // what it waits for
            }
        });
    }

    @Test
    void slowHeadIsClosedWhenTheTimeForAllOfItIsOver() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "500ms", "60s");
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n");
            drips(client, "X: y\r\n");

            assertThat(client.awaitEnd()).isEmpty();
            assertThat(server.errorLog())
                    .contains("client timed out (110: Connection timed out) while reading client request headers");
        }
    }

    @Test
    void slowBodyIsRefusedWhenAGapIsTooLong() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "500ms");
                RawClient buffered = server.connect();
                RawClient streamed = server.connect()) {
            buffered.send("POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n0123456789");
            streamed.send("POST /streamed HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n");
            var origin = app.accept();

            assertThat(buffered.awaitEnd()).isEmpty();
            assertThat(streamed.awaitEnd()).isEmpty();
            origin.awaitEnd();
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).isEqualTo("408\n408\n"));
            assertThat(app.connectionCount()).isOne();
        }
    }

    @Test
    void slowBodyIsRefusedWhenItComesAtLessThanTheLeastRate() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "500ms; client_body_min_rate 1k");
                RawClient buffered = server.connect();
                RawClient streamed = server.connect()) {
            buffered.send("POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
            drips(buffered, "0");
            streamed.send("POST /streamed HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            drips(streamed, "1\r\nx\r\n");

            assertThat(buffered.awaitEnd()).isEmpty();
            assertThat(streamed.awaitEnd()).isEmpty();
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).isEqualTo("408\n408\n"));
            assertThat(server.errorLog().lines().filter(line -> line.contains("client sends its body too slowly")))
                    .hasSize(2).allMatch(line -> line.contains("[info]"));
        }
    }

    @Test
    void slowReadIsClosedWhenNothingIsTakenForTheSendTimeout() {
        try (Origin app = Origin.scripted();
                Frontdesk server = start(app, "60s", "60s");
                RawClient client = server.connect()) {
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            await().untilAsserted(() -> assertThat(server.errorLog())
                    .contains("client timed out (110: Connection timed out) while sending to client"));
            assertThat(client.awaitEnd().length()).isLessThan(20_000_000);
        }
    }

    @Test
    void manyRangesAreAnsweredByNoMoreThanTheFile() {
        try (Origin app = Origin.scripted(); Frontdesk server = start(app, "60s", "60s")) {
            String ranges = "5-" + ",5-".repeat(1300);
            assertThat(server.get("/large", "Range: bytes=0-," + ranges).body().length())
                    .isLessThanOrEqualTo(22_000_000);
        }
    }

    @Test
    void aCrowdThatHoldsItsSocketsHoldsNobodyUp() {
        List<RawClient> crowd = new ArrayList<>();
        try (FrontdeskProcess server = FrontdeskProcess.start("""
                worker_processes 1;
                events { worker_connections 20000; }
                http {
                    access_log off;
                    server { listen 127.0.0.1:{{port}} backlog=4096; return 200 "fine"; }
                }
                """)) {
            long[] alone = times(server);
            for (int i = 0; i < IDLE; i++) {
                RawClient client = server.connect();
                crowd.add(client);
                if (i % 2 == 0) {
                    client.send("GET / HTTP/1.1\r\nX");
                }
            }
            long[] crowded = times(server);
            System.out.printf("%d idle sockets: the 99th percentile of a request is %d µs, alone %d µs%n", IDLE,
                    crowded[crowded.length * 99 / 100] / 1000, alone[alone.length * 99 / 100] / 1000);
            // all of them are still there: the first one gets its answer
            assertThat(crowd.getFirst().send(": y\r\nHost: a\r\n\r\n").readAnswer().body()).isEqualTo("fine");
        } finally {
            crowd.forEach(RawClient::close);
        }
    }

    /** How long good requests take, in nanoseconds, the fastest first. */
    private static long[] times(FrontdeskProcess server) {
        long[] nanos = new long[1000];
        try (RawClient good = server.connect()) {
            for (int i = -500; i < nanos.length; i++) {
                long begin = System.nanoTime();
                assertThat(good.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer().body()).isEqualTo("fine");
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - begin;
                }
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }
}
