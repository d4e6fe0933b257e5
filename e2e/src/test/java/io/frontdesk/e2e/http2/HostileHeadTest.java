package io.frontdesk.e2e.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frame;
import io.frontdesk.testkit.FrameClient;
import io.frontdesk.testkit.Frontdesk;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads that must not reach an origin (RFC 9113 §8.2, §8.3, §10.3): each is refused on its stream, and the connection lives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileHeadTest {
    private static final String METHOD = ":method: GET";
    private static final String SCHEME = ":scheme: http";
    private static final String PATH = ":path: /x";
    private static final String AUTHORITY = ":authority: localhost";

    private Frontdesk frontdesk;

    @BeforeAll
    void start() {
        frontdesk = Frontdesk.start("""
                events {}
                http {
                    http2 on;
                    server { listen 127.0.0.1:{{port}}; location / { return 200 taken; } }
                }
                """);
    }

    @AfterAll
    void stop() {
        frontdesk.close();
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                row("no method", SCHEME, PATH, AUTHORITY),
                row("no scheme", METHOD, PATH, AUTHORITY),
                row("no path", METHOD, SCHEME, AUTHORITY),
                row("no authority", METHOD, SCHEME, PATH),
                row("two methods", METHOD, METHOD, SCHEME, PATH, AUTHORITY),
                row("two paths", METHOD, SCHEME, PATH, PATH, AUTHORITY),
                row("two schemes", METHOD, SCHEME, SCHEME, PATH, AUTHORITY),
                row("two authorities", METHOD, SCHEME, PATH, AUTHORITY, AUTHORITY),
                row("an unknown pseudo-header", METHOD, SCHEME, PATH, AUTHORITY, ":test: x"),
                row("a status", METHOD, SCHEME, PATH, AUTHORITY, ":status: 200"),
                row("a pseudo-header behind a field", METHOD, SCHEME, AUTHORITY, "a: b", PATH),
                row("an empty path", METHOD, SCHEME, ":path: ", AUTHORITY),
                row("a path without slash", METHOD, SCHEME, ":path: x", AUTHORITY),
                row("a path with a space", METHOD, SCHEME, ":path: /x y", AUTHORITY),
                row("a path with a fragment", METHOD, SCHEME, ":path: /x#y", AUTHORITY),
                row("a path with LF", METHOD, SCHEME, ":path: /x\ny: z", AUTHORITY),
                row("a path that ends its line", METHOD, SCHEME, ":path: /x HTTP/1.1\r\nx: y", AUTHORITY),
                row("a whole line in the path", METHOD, SCHEME, ":path: /x HTTP/1.1\r\n", AUTHORITY),
                row("a path with NUL", METHOD, SCHEME, ":path: /x\0", AUTHORITY),
                row("a path above the root", METHOD, SCHEME, ":path: /../x", AUTHORITY),
                row("a path that is a URI", METHOD, SCHEME, ":path: http://other/x", AUTHORITY),
                row("an empty method", ":method: ", SCHEME, PATH, AUTHORITY),
                row("a method with a space", ":method: GET /y", SCHEME, PATH, AUTHORITY),
                row("a method with CR LF", ":method: GET / HTTP/1.1\r\nx: y\r\n", SCHEME, PATH, AUTHORITY),
                row("a method in lower case", ":method: get", SCHEME, PATH, AUTHORITY),
                row("an empty scheme", METHOD, ":scheme: ", PATH, AUTHORITY),
                row("a scheme with a colon", METHOD, ":scheme: http:", PATH, AUTHORITY),
                row("a scheme with a space", METHOD, ":scheme: ht tp", PATH, AUTHORITY),
                row("an empty authority", METHOD, SCHEME, PATH, ":authority: "),
                row("an authority with a path", METHOD, SCHEME, PATH, ":authority: localhost/x"),
                row("an authority with a user", METHOD, SCHEME, PATH, ":authority: a@localhost"),
                row("an authority with CR LF", METHOD, SCHEME, PATH, ":authority: localhost\r\nx: y"),
                row("authority and host that differ", METHOD, SCHEME, PATH, AUTHORITY, "host: other"),
                row("two hosts", METHOD, SCHEME, PATH, "host: localhost", "host: localhost"),
                row("a name in upper case", METHOD, SCHEME, PATH, AUTHORITY, "Abc: x"),
                row("a name with a space", METHOD, SCHEME, PATH, AUTHORITY, "a b: x"),
                row("a name with LF", METHOD, SCHEME, PATH, AUTHORITY, "a\nb: x"),
                row("a name with CR", METHOD, SCHEME, PATH, AUTHORITY, "a\rb: x"),
                row("a name with NUL", METHOD, SCHEME, PATH, AUTHORITY, "a\0b: x"),
                row("a name with DEL", METHOD, SCHEME, PATH, AUTHORITY, "a\u007fb: x"),
                row("a value with LF", METHOD, SCHEME, PATH, AUTHORITY, "a: x\ny"),
                row("a value with CR LF", METHOD, SCHEME, PATH, AUTHORITY, "a: x\r\nb: y"),
                row("a value with CR", METHOD, SCHEME, PATH, AUTHORITY, "a: x\ry"),
                row("a value with NUL", METHOD, SCHEME, PATH, AUTHORITY, "a: x\0y"),
                row("a value that ends with a space", METHOD, SCHEME, PATH, AUTHORITY, "a: x "),
                row("a value that begins with a tab", METHOD, SCHEME, PATH, AUTHORITY, "a: \tx"),
                row("connection", METHOD, SCHEME, PATH, AUTHORITY, "connection: close"),
                row("keep-alive", METHOD, SCHEME, PATH, AUTHORITY, "keep-alive: 3"),
                row("proxy-connection", METHOD, SCHEME, PATH, AUTHORITY, "proxy-connection: close"),
                row("transfer-encoding", METHOD, SCHEME, PATH, AUTHORITY, "transfer-encoding: chunked"),
                row("transfer-encoding in disguise", METHOD, SCHEME, PATH, AUTHORITY, "transfer-encoding: x"),
                row("upgrade", METHOD, SCHEME, PATH, AUTHORITY, "upgrade: h2c"),
                row("te other than trailers", METHOD, SCHEME, PATH, AUTHORITY, "te: gzip"),
                row("two te", METHOD, SCHEME, PATH, AUTHORITY, "te: trailers", "te: trailers"),
                row("two content-lengths", METHOD, SCHEME, PATH, AUTHORITY, "content-length: 0", "content-length: 0"),
                row("a content-length with a sign", METHOD, SCHEME, PATH, AUTHORITY, "content-length: +1"),
                row("a content-length that is a list", METHOD, SCHEME, PATH, AUTHORITY, "content-length: 0, 0"),
                row("a content-length past all numbers", METHOD, SCHEME, PATH, AUTHORITY,
                        "content-length: 99999999999999999999"),
                row("a content-length without content", METHOD, SCHEME, PATH, AUTHORITY, "content-length: 3"));
    }

    private static Arguments row(String name, String... lines) {
        return Arguments.of(name, lines);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void refusesTheHeadAndKeepsTheConnection(String name, String... lines) {
        try (FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.request(1, Frame.block(lines));
            assertThat(client.awaitHead()).as(name).containsEntry(":status", "400");
            assertThat(client.awaitReset()).as("PROTOCOL_ERROR").isEqualTo(1);
            client.get(3, "/");
            client.awaitHead();
            assertThat(client.awaitContent()).isEqualTo("taken");
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"CONNECT", "TRACE"})
    void refusesMethodsThatAreNotServed(String method) {
        try (FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.request(1, Frame.block(":method: " + method, SCHEME, PATH, AUTHORITY));
            assertThat(client.awaitHead()).containsEntry(":status", "405");
        }
    }
}
