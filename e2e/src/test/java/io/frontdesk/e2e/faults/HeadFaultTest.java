package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A connection is there, but no head comes, or one that is none. */
class HeadFaultTest {
    private static final String ALONE = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_read_timeout {{timeout}};
                    add_header X-Status $upstream_status always;
                    location / { proxy_pass http://{{bad}}; }
                }
            }
            """;

    private static final String POOL = """
            http {
                upstream pool {
                    server {{bad}} fail_timeout=1h;
                    server {{good}};
                }
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_read_timeout {{timeout}};
                    add_header X-Status $upstream_status always;
                    location / { proxy_pass http://pool; }
                    location /invalid { proxy_pass http://pool; proxy_next_upstream invalid_header; }
                }
            }
            """;

    /** For servers that are not meant to be too slow. */
    private static final String LONG = "30s";

    /** Asks a lone server that does this with its first connection, once it has read the request. */
    private static Answer answerOf(Consumer<OriginConnection> script, String target, String... inLog) {
        return answerOf(LONG, script, target, inLog);
    }

    private static Answer answerOf(String timeout, Consumer<OriginConnection> script, String target, String... inLog) {
        try (Origin bad = Origin.scripted();
                Frontdesk server = Frontdesk.with("bad", bad).with("timeout", timeout).start(ALONE);
                RawClient client = server.connect()) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = bad.accept()) {
                origin.readRequest();
                script.accept(origin);
                Answer answer = client.readAnswer();
                for (String text : inLog) {
                    assertThat(server.errorLog()).contains(text);
                }
                return answer;
            }
        }
    }

    /** Asks a pool whose first server does this; then asks again to see whether it counts: the statuses of both. */
    private static String statusesOf(String method, String target, Consumer<OriginConnection> script) {
        return statusesOf(LONG, method, target, script);
    }

    private static String statusesOf(String timeout, String method, String target, Consumer<OriginConnection> script) {
        try (Origin bad = Origin.scripted();
                Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("bad", bad).with("good", good).with("timeout", timeout).start(POOL);
                RawClient client = server.connect()) {
            client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
            String first;
            try (OriginConnection origin = bad.accept()) {
                origin.readRequest();
                script.accept(origin);
                first = client.readAnswer().field("X-Status");
            }
            return first + " then " + server.get("/").field("X-Status") + " then " + server.get("/").field("X-Status");
        }
    }

    @Test
    void resetBeforeTheHeadIsA502() {
        Answer answer = answerOf(OriginConnection::reset, "/a", "[error]",
                "recv() failed (104: Connection reset by peer) while reading response header from upstream,"
                        + " client: 127.0.0.1, server: , request: \"GET /a HTTP/1.1\", upstream: \"http://");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.field("X-Status")).isEqualTo("502");
    }

    @Test
    void resetInTheHeadIsA502() {
        // What came before a reset may be lost with it, so the head is sent first and seen to be waited for.
        Answer answer = answerOf(origin -> {
            origin.send("HTTP/1.1 200 OK\r\nContent-");
            origin.reset();
        }, "/", "recv() failed (104: Connection reset by peer) while reading response header from upstream");
        assertThat(answer.status()).isEqualTo(502);
    }

    @Test
    void resetBeforeTheHeadGoesToTheNextAndIsCounted() {
        assertThat(statusesOf("GET", "/", OriginConnection::reset)).isEqualTo("502, 200 then 200 then 200");
    }

    @Test
    void resetBeforeTheHeadOfAPostGoesNowhere() {
        assertThat(statusesOf("POST", "/", OriginConnection::reset)).isEqualTo("502 then 200 then 200");
    }

    @Test
    void finBeforeTheHeadIsCompleteIsA502() {
        Answer answer = answerOf(origin -> origin.send("HTTP/1.1 200 OK\r\nContent-").close(), "/", "[error]",
                "upstream prematurely closed connection while reading response header from upstream, client: 127.0.0.1");
        assertThat(answer.status()).isEqualTo(502);
    }

    @Test
    void finBeforeTheHeadGoesToTheNextAndIsCounted() {
        assertThat(statusesOf("GET", "/", OriginConnection::close)).isEqualTo("502, 200 then 200 then 200");
    }

    @Test
    void finBeforeTheHeadOfAPostGoesNowhere() {
        assertThat(statusesOf("POST", "/", OriginConnection::close)).isEqualTo("502 then 200 then 200");
    }

    @Test
    void silenceIsA504() {
        Answer answer = answerOf("200ms", origin -> {}, "/", "[error]", "upstream timed out (110: Connection timed out)"
                + " while reading response header from upstream, client: 127.0.0.1");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.field("X-Status")).isEqualTo("504");
    }

    @Test
    void silenceGoesToTheNextAndIsCounted() {
        assertThat(statusesOf("300ms", "GET", "/", origin -> {})).isEqualTo("504, 200 then 200 then 200");
    }

    @Test
    void slowDripOfTheHeadIsFineWhileEachGapIsShort() {
        Answer answer = answerOf("600ms",
                origin -> origin.drip("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: abcdefghijklmnop\r\n\r\nok", 15),
                "/");
        assertThat(answer.body()).isEqualTo("ok");
    }

    @Test
    void slowDripThatStopsInTheHeadIsA504() {
        Answer answer = answerOf("400ms", origin -> origin.drip("HTTP/1.1 200 OK\r\nContent-", 5), "/",
                "upstream timed out (110: Connection timed out) while reading response header from upstream");
        assertThat(answer.status()).isEqualTo(504);
    }

    @Test
    void malformedHeadIsA502AndNeverPassesRaw() {
        Answer answer = answerOf(origin -> origin.send("220 mail.example ESMTP\r\n"), "/", "[error]",
                "upstream sent no valid HTTP/1.0 header while reading response header from upstream, client: ");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("ESMTP");
    }

    @Test
    void malformedFieldIsA502() {
        Answer answer = answerOf(origin -> origin.send("HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n"), "/",
                "upstream sent invalid header: ", "while reading response header from upstream");
        assertThat(answer.status()).isEqualTo(502);
    }

    @Test
    void malformedHeadGoesToTheNextOnlyIfConfiguredAndIsCountedAlways() {
        Consumer<OriginConnection> garbage = origin -> origin.send("garbage\r\n\r\n");
        assertThat(statusesOf("GET", "/", garbage)).isEqualTo("502 then 200 then 200");
        assertThat(statusesOf("GET", "/invalid", garbage)).isEqualTo("502, 200 then 200 then 200");
    }

    @Test
    void headOverProxyBufferSizeIsA502() {
        Answer answer = answerOf(
                origin -> origin.sendTooMuch("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(300_000) + "\r\n\r\n"), "/",
                "[error]",
                "upstream sent too big header while reading response header from upstream, client: 127.0.0.1");
        assertThat(answer.status()).isEqualTo(502);
    }

    @Test
    void headOverProxyBufferSizeGoesToTheNextIfConfiguredAndIsCounted() {
        assertThat(statusesOf("GET", "/invalid",
                origin -> origin.sendTooMuch("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(8000) + "\r\n\r\n")))
                .isEqualTo("502, 200 then 200 then 200");
    }

    @Test
    void stormOf1xxIsA502() {
        Answer answer = answerOf(origin -> origin.sendTooMuch("HTTP/1.1 100 Continue\r\n\r\n".repeat(2000)), "/",
                "[error]",
                "upstream sent too many interim responses while reading response header from upstream");
        assertThat(answer.status()).isEqualTo(502);
    }

    @Test
    void afew1xxAreDropped() {
        Answer answer = answerOf(origin -> origin.send("HTTP/1.1 100 Continue\r\n\r\n".repeat(10)).answer("ok"), "/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
    }

    @Test
    void a101ThatNobodyAskedForIsA502() {
        Answer answer = answerOf(
                origin -> origin.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
                "/", "upstream sent unexpected 101 response while reading response header from upstream");
        assertThat(answer.status()).isEqualTo(502);
    }
}
