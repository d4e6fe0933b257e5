package io.frontdesk.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frame;
import io.frontdesk.testkit.FrameOrigin;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** {@code proxy_http_version 2}: requests to an origin that speaks HTTP/2 in the clear. */
class Http2OriginTest {
    private static final String CONFIG = """
            http {
                log_format upstream "$status $upstream_status $upstream_bytes_sent $upstream_response_length";
                access_log logs/access.log upstream;
                client_body_buffer_size 16k;
                upstream pool {
                    server {{origin}};
                    keepalive 4;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_http_version 2;
                    proxy_pass_trailers on;
                    location / { proxy_pass http://pool; }
                    location /own { proxy_pass http://pool; proxy_set_body "own body"; proxy_set_header Host $host; }
                    location /unbuffered { proxy_pass http://pool; proxy_request_buffering off; }
                    location /impatient { proxy_pass http://pool; proxy_send_timeout 200ms; }
                }
            }
            """;

    private Origin origin;
    private Frontdesk server;

    private void with(BiConsumer<RawClient, FrameOrigin> script, String request) {
        try (Origin scripted = Origin.scripted();
                Frontdesk started = Frontdesk.with("origin", scripted).start(CONFIG);
                RawClient client = started.connect()) {
            origin = scripted;
            server = started;
            client.send(request);
            try (FrameOrigin peer = FrameOrigin.accept(scripted)) {
                script.accept(client, peer);
            }
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\nX-One: 1\r\nConnection: x-hop\r\nX-Hop: 2\r\n\r\n";
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** What becomes of a request whose answer this is: the whole of it goes out in one piece. */
    private String answerTo(String frames, String... inLog) {
        String[] answer = new String[1];
        with((client, peer) -> {
            peer.awaitRequest();
            peer.sendRaw(frames);
            answer[0] = client.awaitEnd();
            for (String text : inLog) {
                await().untilAsserted(() -> assertThat(server.errorLog()).contains(text));
            }
        }, "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
        return answer[0];
    }

    private static String head(boolean ends, String... lines) {
        return FrameOrigin.wire(Frame.HEADERS, Frame.END_HEADERS | (ends ? Frame.END : 0), 1, Frame.block(lines));
    }

    private static String data(boolean ends, String content) {
        return FrameOrigin.wire(Frame.DATA, ends ? Frame.END : 0, 1, content);
    }

    private static String reset(long error) {
        return FrameOrigin.wire(Frame.RST_STREAM, 0, 1, Frame.number(error));
    }

    @Test
    void asksByHeadersAndPassesTheAnswer() {
        with((client, peer) -> {
            Frame request = peer.awaitRequest();
            assertThat(request.isEnd()).isTrue();
            assertThat(peer.fields(request)).containsEntry(":method", "GET").containsEntry(":scheme", "http")
                    .containsEntry(":path", "/a%20b?c=d").containsEntry(":authority", "pool")
                    .containsEntry("x-one", "1").doesNotContainKeys("host", "connection", "x-hop", "te");
            peer.head(1, false, ":status: 201", "x-two: 2", "content-type: text/plain").data(1, false, "hel")
                    .data(1, true, "lo");
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.field("X-Two")).isEqualTo("2");
            assertThat(answer.body()).isEqualTo("hello");
        }, get("/a%20b?c=d"));
    }

    @Test
    void keepsTheConnectionForTheNextStream() {
        with((client, peer) -> {
            peer.awaitRequest();
            peer.head(1, true, ":status: 200", "content-length: 0");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            // while nobody uses it, it still answers
            peer.send(Frame.PING, 0, 0, "01234567");
            assertThat(peer.await(Frame.PING).payload()).isEqualTo("01234567");
            client.send(get("/next"));
            Frame second = peer.awaitRequest();
            assertThat(second.stream()).isEqualTo(3);
            peer.head(3, false, ":status: 200").data(3, true, "second");
            assertThat(client.readAnswer().body()).isEqualTo("second");
            assertThat(origin.connectionCount()).isEqualTo(1);
        }, get("/"));
    }

    @Test
    void takesAnotherConnectionOnceThePeerIsGoingAway() {
        with((client, peer) -> {
            peer.awaitRequest();
            peer.send(Frame.GOAWAY, 0, 0, Frame.number(1) + Frame.number(0));
            peer.head(1, true, ":status: 200", "content-length: 0");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            peer.awaitEnd();
            client.send(get("/next"));
            try (FrameOrigin other = FrameOrigin.accept(origin)) {
                assertThat(other.awaitRequest().stream()).isEqualTo(1);
                other.head(1, true, ":status: 200", "content-length: 0");
                assertThat(client.readAnswer().status()).isEqualTo(200);
            }
        }, get("/"));
    }

    @Test
    void sendsNoMoreThanTheWindowsAllow() {
        String body = "0123456789".repeat(7000);
        with((client, peer) -> {
            peer.awaitRequest();
            StringBuilder got = new StringBuilder();
            while (got.length() < 65_535) {
                Frame frame = peer.await(Frame.DATA);
                assertThat(frame.payload().length()).isLessThanOrEqualTo(16_384);
                got.append(frame.payload());
            }
            assertThat(got).hasSize(65_535);
            peer.send(Frame.WINDOW_UPDATE, 0, 0, Frame.number(10_000));
            peer.send(Frame.PING, 0, 0, "01234567");
            Frame next = peer.read();
            while (next.type() != Frame.PING) {
                assertThat(next.type()).isEqualTo(Frame.SETTINGS); // and not DATA: the stream's window is still shut
                next = peer.read();
            }
            peer.send(Frame.SETTINGS, 0, 0, Frame.setting(4, 65_535 + 10));
            Frame ten = peer.await(Frame.DATA);
            assertThat(ten.payload()).hasSize(10);
            assertThat(ten.isEnd()).isFalse();
            peer.send(Frame.WINDOW_UPDATE, 0, 1, Frame.number(10_000));
            got.append(ten.payload()).append(peer.awaitBody());
            assertThat(got.toString()).isEqualTo(body);
            peer.head(1, true, ":status: 200", "content-length: 0");
            assertThat(client.readAnswer().status()).isEqualTo(200);
        }, post("/", body));
    }

    @Test
    void givesUpOnAPeerThatNeverOpensItsWindow() {
        with((client, peer) -> {
            peer.awaitRequest();
            assertThat(client.readAnswer().status()).isEqualTo(504);
            server.expects("upstream timed out (110: Connection timed out) while sending request to upstream");
        }, post("/impatient", "x".repeat(70_000)));
    }

    @Test
    void passesABodyAsItComes() {
        with((client, peer) -> {
            Frame request = peer.awaitRequest();
            assertThat(request.isEnd()).isFalse();
            assertThat(peer.fields(request)).containsEntry("content-length", "6");
            assertThat(peer.await(Frame.DATA).payload()).isEqualTo("abc");
            client.send("def");
            Frame rest = peer.await(Frame.DATA);
            assertThat(rest.payload()).isEqualTo("def");
            assertThat(rest.isEnd()).isTrue();
            peer.head(1, true, ":status: 200", "content-length: 0");
            assertThat(client.readAnswer().status()).isEqualTo(200);
        }, "POST /unbuffered HTTP/1.1\r\nHost: a.example\r\nContent-Length: 6\r\n\r\nabc");
    }

    @Test
    void sendsItsOwnBodyAndHost() {
        with((client, peer) -> {
            Frame request = peer.awaitRequest();
            assertThat(peer.fields(request)).containsEntry("content-length", "8")
                    .containsEntry(":authority", "a.example");
            assertThat(peer.awaitBody()).isEqualTo("own body");
            peer.head(1, true, ":status: 204");
            assertThat(client.readAnswer().status()).isEqualTo(204);
        }, get("/own"));
    }

    @Test
    void answersBeforeTheBodyIsSentAndClosesThen() {
        with((client, peer) -> {
            peer.awaitRequest();
            peer.sendRaw(head(false, ":status: 413") + data(true, "too much") + reset(0));
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("too much");
            peer.awaitEnd();
        }, post("/", "x".repeat(200_000)));
    }

    @Test
    void passesTrailersAndEarlyHintsAside() {
        String all = answerTo(head(false, ":status: 103", "link: <a>") + head(false, ":status: 200")
                + data(false, "body") + head(true, "x-sum: 42"));
        assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").contains("4\r\nbody\r\n0\r\n");
    }

    @Test
    void readsAWholeAnswerInWhateverPieces() {
        String padded = FrameOrigin.wire(Frame.DATA, 8, 1, "\3abc...");
        String block = Frame.block(":status: 200", "x-long: " + "y".repeat(300));
        String frames = FrameOrigin.wire(Frame.HEADERS, 0x28, 1, "\2" + "\0\0\0\7\1" + block.substring(0, 5) + "..")
                + FrameOrigin.wire(Frame.CONTINUATION, 0, 1, "")
                + FrameOrigin.wire(Frame.CONTINUATION, 4, 1, block.substring(5)) + padded
                + FrameOrigin.wire(77, 0, 1, "unknown") + FrameOrigin.wire(Frame.PRIORITY, 0, 1, "\0\0\0\0\1")
                + data(true, "");
        with((client, peer) -> {
            peer.awaitRequest();
            for (int i = 0; i < frames.length(); i++) {
                peer.sendRaw(frames.substring(i, i + 1));
            }
            assertThat(client.readAnswer().body()).isEqualTo("abc");
        }, get("/"));
    }

    @Test
    void takesNoAnswerThatIsNone() {
        assertRefused(head(true, "x-a: b"), "upstream sent no :status header");
        assertRefused(head(true, ":status: 200", ":status: 200"), "upstream sent duplicate :status header");
        assertRefused(head(true, ":status: 20"), "upstream sent invalid :status \"20\"");
        assertRefused(head(true, ":status: 101"), "upstream sent unexpected :status \"101\"");
        assertRefused(head(true, ":status: 200", "x-a: b", ":status: 200"), "upstream sent invalid header");
        assertRefused(head(true, ":status: 200", ":path: /"), "upstream sent invalid header");
        assertRefused(head(true, ":status: 200", "X-Upper: b"), "upstream sent invalid header: \"X-Upper: b\"");
        assertRefused(head(true, ":status: 200", "x a: b"), "upstream sent invalid header");
        assertRefused(head(true, ":status: 200", "x-a: b\rc"), "upstream sent invalid header");
        assertRefused(head(true, ":status: 200", "transfer-encoding: chunked"), "upstream sent invalid header");
        assertRefused(head(true, ":status: 200", "content-length: 5"), "upstream prematurely closed stream");
        assertRefused(head(true, ":status: 200", "content-length: 0", "content-length: 0"), "duplicate header line");
        assertRefused(head(true, ":status: 200", "content-length: -1"), "invalid \"Content-Length\"");
        assertRefused(head(true, ":status: 200", "x-big: " + "z".repeat(4200)), "too large http2 header");
        assertRefused(head(true, ":status: 103"), "upstream prematurely closed stream");
        assertRefused(head(false, ":status: 100").repeat(40), "too many interim responses");
        assertRefused(data(true, "x"), "upstream sent unexpected http2 frame: 0");
        assertRefused(reset(7), "upstream rejected request with error 7");
        assertRefused(FrameOrigin.wire(Frame.HEADERS, 5, 3, Frame.block(":status: 200")), "frame for unknown stream 3");
        assertRefused(FrameOrigin.wire(Frame.PUSH_PROMISE, 4, 1, "\0\0\0\2"), "unexpected push promise frame");
        assertRefused(FrameOrigin.wire(Frame.GOAWAY, 0, 0, Frame.number(0) + Frame.number(2)), "goaway with error 2");
        assertRefused(FrameOrigin.wire(Frame.WINDOW_UPDATE, 0, 0, Frame.number(0)), "zero window update");
        assertRefused(FrameOrigin.wire(Frame.WINDOW_UPDATE, 0, 0, Frame.number(0x7fff_ffff)), "too large window");
        assertRefused(FrameOrigin.wire(Frame.SETTINGS, 0, 0, Frame.setting(4, 0x8000_0000L)), "initial window size");
        assertRefused(FrameOrigin.wire(Frame.SETTINGS, 0, 0, "12345"), "settings frame with invalid length: 5");
        assertRefused(FrameOrigin.wire(Frame.PING, 0, 0, "123"), "ping frame with invalid length: 3");
        assertRefused(FrameOrigin.wire(Frame.CONTINUATION, 4, 1, ""), "unexpected http2 frame: 9");
        assertRefused("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "too large http2 frame");
        assertRefused(FrameOrigin.wire(Frame.HEADERS, 0, 1, Frame.block(":status: 200"))
                + FrameOrigin.wire(Frame.CONTINUATION, 0, 1, "").repeat(20), "too many http2 frames");
        assertRefused(FrameOrigin.wire(Frame.PRIORITY, 0, 1, "\0\0\0\0\1").repeat(10_001), "too many frames");
    }

    private void assertRefused(String frames, String inLog) {
        with((client, peer) -> {
            peer.awaitRequest();
            peer.sendRaw(frames);
            assertThat(client.readAnswer().status()).as(inLog).isEqualTo(502);
            await().untilAsserted(() -> assertThat(server.errorLog()).contains(inLog));
            peer.awaitEnd();
        }, get("/"));
    }

    @Test
    void breaksTheAnswerOffWhenItsBodyIsNone() {
        String length5 = head(false, ":status: 200", "content-length: 5");
        String open = head(false, ":status: 200");
        assertBroken(length5 + data(false, "ab") + data(true, "cdefgh"), "larger than indicated content length");
        assertBroken(length5 + data(false, "ab") + data(true, ""), "upstream prematurely closed stream");
        assertBroken(open + data(false, "ab") + reset(0), "upstream rejected request with error 0");
        assertBroken(open + data(false, "ab") + head(true, ":status: 200"), "upstream sent invalid trailer");
        assertBroken(open + data(false, "ab") + head(false, "x: y"), "upstream sent trailer without end stream flag");
        assertBroken(open + data(false, "ab") + data(true, "c") + reset(8), "upstream rejected request with error 8");
        assertBroken(open + data(false, "ab") + FrameOrigin.wire(Frame.DATA, 8, 1, "\u0009abc"), "too long padding");
    }

    private void assertBroken(String frames, String inLog) {
        String all = answerTo(frames, inLog);
        assertThat(all).as(inLog).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n0\r\n")
                .doesNotContain("cdefgh");
    }
}
