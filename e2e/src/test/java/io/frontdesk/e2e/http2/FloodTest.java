package io.frontdesk.e2e.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frame;
import io.frontdesk.testkit.FrameClient;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that make much work of little: the connection ends, its neighbours do not notice. */
final class FloodTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final String CONFIG = """
            events {}
            http {
                http2 on;
                client_header_timeout 2s;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 ok; }
                    location /up { proxy_pass http://127.0.0.1:{{up}}; }
                }
            }
            """;
    private static final String GET = Frame.block(":method: GET", ":scheme: http", ":path: /", ":authority: localhost");
    private static final String UP = Frame.block(":method: GET", ":scheme: http", ":path: /up",
            ":authority: localhost");

    private static String flood(String one, int times) {
        return one.repeat(times);
    }

    static Stream<Arguments> floods() {
        String ping = FrameClient.bytes(Frame.PING, 0, 0, "12345678");
        String settings = FrameClient.bytes(Frame.SETTINGS, 0, 0, Frame.setting(4, 65_535));
        String priority = FrameClient.bytes(Frame.PRIORITY, 0, 1, Frame.number(0) + "\1");
        String update = FrameClient.bytes(Frame.WINDOW_UPDATE, 0, 0, Frame.number(1));
        String unknown = FrameClient.bytes(77, 0, 0, "x");
        return Stream.of(Arguments.of("PING", ping), Arguments.of("SETTINGS", settings),
                Arguments.of("PRIORITY", priority), Arguments.of("WINDOW_UPDATE", update),
                Arguments.of("unknown frames", unknown));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void endsAConnectionThatFloodsBy(String name, String frame) {
        try (Frontdesk frontdesk = Frontdesk.with("up", 1).start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.raw().sendTooMuch(flood(frame, 5000).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.awaitError()).as(name).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(frontdesk.get("/").body()).isEqualTo("ok");
        }
    }

    @Test
    void endsAConnectionOfEmptyContent() {
        try (Frontdesk frontdesk = Frontdesk.with("up", 1).start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.send(Frame.HEADERS, Frame.END_HEADERS, 1,
                    Frame.block(":method: POST", ":scheme: http", ":path: /up", ":authority: localhost"));
            client.raw().sendTooMuch(flood(FrameClient.bytes(Frame.DATA, 0, 1, ""), 5000)
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.awaitError()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    /** CVE-2023-44487. */
    @Test
    void endsAConnectionOfRapidResets() {
        try (Origin origin = Origin.scripted();
                Frontdesk frontdesk = Frontdesk.with("up", origin.port()).start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            StringBuilder all = new StringBuilder();
            for (int stream = 1; stream < 1000; stream += 2) {
                all.append(FrameClient.bytes(Frame.HEADERS, 5, stream, UP));
                all.append(FrameClient.bytes(Frame.RST_STREAM, 0, stream, Frame.number(8)));
            }
            client.raw().sendTooMuch(all.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.awaitError()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(frontdesk.get("/").body()).isEqualTo("ok");
        }
    }

    /** CVE-2025-8671: the client makes us reset. */
    @Test
    void endsAConnectionThatMakesUsReset() {
        try (Origin origin = Origin.scripted();
                Frontdesk frontdesk = Frontdesk.with("up", origin.port()).start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            StringBuilder all = new StringBuilder();
            for (int stream = 1; stream < 1000; stream += 2) {
                all.append(FrameClient.bytes(Frame.HEADERS, 5, stream, UP));
                all.append(FrameClient.bytes(Frame.WINDOW_UPDATE, 0, stream, Frame.number(0x7fffffff)));
            }
            client.raw().sendTooMuch(all.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.awaitError()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    /** CVE-2024-27316. */
    @Test
    void endsAConnectionOfEndlessContinuation() {
        try (Frontdesk frontdesk = Frontdesk.with("up", 1).start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.send(Frame.HEADERS, Frame.END, 1, GET);
            client.raw().sendTooMuch(flood(FrameClient.bytes(Frame.CONTINUATION, 0, 1, ""), 1000)
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.awaitError()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    /** CVE-2016-6581: one byte stands for a field of some thousand. */
    @Test
    void endsAConnectionWhoseHeadDecodesToTooMuch() {
        try (Frontdesk frontdesk = Frontdesk.with("up", 1).start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            String kept = "\u0040\1a\u007f\u0081\27" + "x".repeat(3072);
            client.request(1, GET + kept + "\u00be".repeat(10_000));
            assertThat(client.awaitError()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void refusesMoreFieldsThanAllowed() {
        try (Frontdesk frontdesk = Frontdesk.with("up", 1)
                .start(CONFIG.replace("http2 on;", "http2 on; max_headers 5;"));
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.request(1, GET + Frame.block("a: 1", "b: 2", "c: 3", "d: 4", "e: 5", "f: 6", "g: 7"));
            assertThat(client.awaitHead()).containsEntry(":status", "400");
        }
    }

    @Test
    void givesUpAHeadThatDoesNotCome() {
        try (Frontdesk frontdesk = Frontdesk.with("up", 1).start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.send(Frame.HEADERS, Frame.END, 1, GET.substring(0, 10));
            assertThat(client.awaitReset()).isEqualTo(PROTOCOL_ERROR);
        }
    }

    @Test
    void refusesStreamsPastTheLimit() {
        try (Origin origin = Origin.scripted();
                Frontdesk frontdesk = Frontdesk.with("up", origin.port())
                        .start(CONFIG.replace("http2 on;", "http2 on; http2_max_concurrent_streams 1;"));
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.request(1, UP).request(3, UP);
            assertThat(client.awaitReset()).as("REFUSED_STREAM").isEqualTo(7);
        }
    }

    @Test
    void resetsAStreamWhoseWindowStaysShut() {
        try (Frontdesk frontdesk = Frontdesk.with("up", 1).file("html/big", "z".repeat(100_000)).start("""
                events {}
                http { http2 on; send_timeout 1s; server { listen 127.0.0.1:{{port}}; root html; } }
                """);
                FrameClient client = FrameClient.connect(frontdesk.port(), Frame.setting(4, 0))) {
            client.get(1, "/big");
            assertThat(client.awaitReset()).isEqualTo(PROTOCOL_ERROR);
            client.send(Frame.PING, 0, 0, "12345678");
            assertThat(client.await(Frame.PING).isEnd()).isTrue();
        }
    }
}
