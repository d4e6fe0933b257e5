package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The head has gone out to the client, and then the body goes wrong: the client must be able to see it. */
class BodyFaultTest {
    private static final String CONFIG = """
            http {
                log_format upstream "$status $upstream_status $upstream_response_length";
                access_log logs/access.log upstream;
                upstream pool {
                    server {{bad}} fail_timeout=1h;
                    server 127.0.0.1:{{port.dead}} backup;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_read_timeout {{timeout}};
                    add_header X-Status $upstream_status always;
                    location / { proxy_pass http://pool; }
                    location = /cut { return 200 "$upstream_cut_answers_pool"; }
                    location /patient { proxy_pass http://pool; proxy_read_timeout 1m; proxy_request_buffering off; }
                }
            }
            """;
    private static final String LENGTH_10 = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** What a client gets, up to the end of its connection, of an origin that does this once it has read the request. */
    private static String bytesOf(Consumer<OriginConnection> script, String... inLog) {
        return bytesOf("30s", script, inLog);
    }

    private static String bytesOf(String timeout, Consumer<OriginConnection> script, String... inLog) {
        try (Origin bad = Origin.scripted();
                Frontdesk server = Frontdesk.with("bad", bad).with("timeout", timeout).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String all;
            try (OriginConnection origin = bad.accept()) {
                origin.readRequest();
                script.accept(origin);
                all = client.awaitEnd();
            }
            for (String text : inLog) {
                await().untilAsserted(() -> assertThat(server.errorLog()).contains(text));
            }
            // counted for itself
            assertThat(server.get("/cut").body()).isEqualTo(bad + " 1 : 127.0.0.1:" + server.port("dead") + " 0");
            // not counted for max_fails: it is asked again, and not the backup, where nobody listens
            client.close();
            try (RawClient next = server.connect()) {
                next.send("GET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");
                try (OriginConnection again = bad.accept()) {
                    again.readRequest();
                    again.answer("again");
                    assertThat(next.readAnswer().body()).isEqualTo("again");
                }
            }
            return all;
        }
    }

    @Test
    void finInTheBodyByLengthLeavesTheClientShort() {
        String all = bytesOf(origin -> origin.send(LENGTH_10 + "01234").close(), "[error]",
                "upstream prematurely closed connection while reading upstream, client: 127.0.0.1, server: ,"
                        + " request: \"GET /a HTTP/1.1\", upstream: \"http://");
        assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: 10\r\n").endsWith("\r\n\r\n01234");
    }

    @Test
    void finInTheBodyInChunksLeavesOutTheLastChunk() {
        String all = bytesOf(origin -> origin.send(CHUNKED + "5\r\n01234\r\n").close(),
                "upstream prematurely closed connection while reading upstream");
        assertThat(all).contains("Transfer-Encoding: chunked\r\n").endsWith("\r\n\r\n5\r\n01234\r\n");
    }

    @Test
    void resetInTheBodyByLengthLeavesTheClientShort() {
        String all = bytesOf(origin -> {
            origin.send(LENGTH_10);
            origin.reset();
        }, "[error]", "recv() failed (104: Connection reset by peer) while reading upstream, client: 127.0.0.1");
        assertThat(all.length() - all.indexOf("\r\n\r\n") - 4).isLessThan(10);
    }

    @Test
    void resetInTheBodyInChunksLeavesOutTheLastChunk() {
        String all = bytesOf(origin -> {
            origin.send(CHUNKED + "5\r\n01234\r\n");
            origin.reset();
        }, "recv() failed (104: Connection reset by peer) while reading upstream");
        assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").doesNotEndWith("\r\n0\r\n\r\n");
    }

    @Test
    void silenceInTheBodyIsAbortedAfterTheReadTimeout() {
        String all = bytesOf("500ms", origin -> origin.send(LENGTH_10 + "01234"), "[error]",
                "upstream timed out (110: Connection timed out) while reading upstream, client: 127.0.0.1");
        assertThat(all).endsWith("\r\n\r\n01234");
    }

    @Test
    void badChunksAreAborted() {
        String all = bytesOf(origin -> origin.send(CHUNKED + "5\r\n01234\r\nzz\r\n"), "[error]",
                "upstream sent invalid chunked response while reading upstream");
        assertThat(all).endsWith("\r\n\r\n5\r\n01234\r\n");
    }

    @Test
    void slowDripOfTheBodyIsFineWhileEachGapIsShort() {
        try (Origin bad = Origin.scripted();
                Frontdesk server = Frontdesk.with("bad", bad).with("timeout", "500ms").start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = bad.accept()) {
                origin.readRequest();
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n").drip("0123456789".repeat(4), 15);
                assertThat(client.readAnswer().body()).isEqualTo("0123456789".repeat(4));
            }
        }
    }

    @Test
    void bodyLongerThanItsLengthIsCutAndTheConnectionNotUsedAgain() {
        try (Origin bad = Origin.scripted();
                Frontdesk server = Frontdesk.with("bad", bad).with("timeout", "30s").start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = bad.accept()) {
                origin.readRequest();
                origin.send(LENGTH_10 + "0123456789HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                assertThat(client.readAnswer().body()).isEqualTo("0123456789");
                assertThat(origin.awaitEnd()).isEmpty();
            }
            assertThat(server.errorLog()).contains("[warn]",
                    "upstream sent more data than specified in the response while reading upstream, client: 127.0.0.1");
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = bad.accept()) {
                origin.readRequest();
                origin.answer("good");
                assertThat(client.readAnswer().body()).isEqualTo("good");
            }
        }
    }

    @Test
    void halfCloseByUpstreamAfterItsHeadRelaysTheResponseAndStopsSending() {
        try (Origin bad = Origin.scripted();
                Frontdesk server = Frontdesk.with("bad", bad).with("timeout", "30s").start(CONFIG);
                RawClient client = server.connect()) {
            client.send("POST /patient HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nbegin");
            try (OriginConnection origin = bad.accept()) {
                origin.readHead();
                origin.raw().awaitText("begin");
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nenough").shutdownOutput();
                Answer answer = client.readAnswer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("enough");
                assertThat(origin.awaitEnd()).isEmpty();
            }
        }
    }

    @Test
    void aTruncatedBodyIsLoggedWithTheLengthThatCame() {
        try (Origin bad = Origin.scripted();
                Frontdesk server = Frontdesk.with("bad", bad).with("timeout", "30s").start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = bad.accept()) {
                origin.readRequest();
                origin.send(LENGTH_10 + "01234");
                client.awaitText("01234");
            }
            client.awaitEnd();
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).isEqualTo("200 200 5\n"));
        }
    }
}
