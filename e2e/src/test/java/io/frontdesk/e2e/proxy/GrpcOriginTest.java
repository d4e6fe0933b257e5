package io.frontdesk.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frame;
import io.frontdesk.testkit.FrameOrigin;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** {@code grpc_pass}: both directions pass as they come. */
class GrpcOriginTest {
    private static final String CONFIG = """
            http {
                upstream calls {
                    server {{origin}};
                    keepalive 1;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { grpc_pass grpc://calls; grpc_set_header X-Own own; }
                    location /host { grpc_pass {{origin}}; grpc_set_header Host other.example; }
                    location /named { grpc_pass $arg_to; }
                    location /next { grpc_pass calls; grpc_next_upstream invalid_header non_idempotent; }
                    location /errors { grpc_pass calls; grpc_intercept_errors on; error_page 500 /own; }
                    location /own { return 200 "own page"; }
                }
            }
            """;
    private static final String CALL = "POST /a.B/C?d HTTP/1.1\r\nHost: a.example\r\nTE: trailers\r\n"
            + "Content-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static void with(BiConsumer<RawClient, FrameOrigin> script, String request) {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin).start(CONFIG);
                RawClient client = server.connect()) {
            client.send(request.replace("ORIGIN", origin.authority()));
            try (FrameOrigin peer = FrameOrigin.accept(origin)) {
                script.accept(client, peer);
            }
        }
    }

    @Test
    void passesACallInBothDirectionsAtOnce() {
        with((client, peer) -> {
            Frame request = peer.awaitRequest();
            assertThat(request.isEnd()).isFalse();
            assertThat(peer.fields(request)).containsEntry(":method", "POST").containsEntry(":path", "/a.B/C?d")
                    .containsEntry(":authority", "calls").containsEntry("te", "trailers").containsEntry("x-own", "own")
                    .containsEntry("content-type", "application/grpc").doesNotContainKeys("content-length", "host");
            client.send("3\r\none\r\n");
            assertThat(peer.await(Frame.DATA).payload()).isEqualTo("one");
            peer.head(1, false, ":status: 200", "content-type: application/grpc").data(1, false, "first");
            assertThat(client.awaitText("first\r\n")).startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Transfer-Encoding: chunked\r\n");
            client.send("3\r\ntwo\r\n0\r\n\r\n");
            assertThat(peer.awaitBody()).isEqualTo("two");
            peer.data(1, false, "second").head(1, true, "grpc-status: 0", "grpc-message:");
            assertThat(client.awaitText("\r\n\r\n")).contains("second\r\n0\r\ngrpc-status: 0\r\n");
        }, CALL);
    }

    @Test
    void passesAnAnswerOfTrailersOnly() {
        with((client, peer) -> {
            peer.awaitRequest();
            peer.head(1, true, ":status: 200", "content-type: application/grpc", "grpc-status: 12");
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("grpc-status")).isEqualTo("12");
            assertThat(answer.body()).isEmpty();
        }, CALL + "0\r\n\r\n");
    }

    @Test
    void takesItsAuthorityFromTheHostThatIsSet() {
        with((client, peer) -> {
            assertThat(peer.fields(peer.awaitRequest())).containsEntry(":authority", "other.example");
            peer.head(1, true, ":status: 204");
            assertThat(client.readAnswer().status()).isEqualTo(204);
        }, "GET /host HTTP/1.1\r\nHost: a.example\r\n\r\n");
    }

    @Test
    void findsItsServerByAVariable() {
        with((client, peer) -> {
            assertThat(peer.fields(peer.awaitRequest())).containsEntry(":scheme", "http");
            peer.head(1, true, ":status: 204");
            assertThat(client.readAnswer().status()).isEqualTo(204);
        }, "GET /named?to=grpc://ORIGIN HTTP/1.1\r\nHost: a.example\r\n\r\n");
    }

    @Test
    void letsErrorPagesAnswer() {
        with((client, peer) -> {
            peer.awaitRequest();
            peer.head(1, true, ":status: 500");
            assertThat(client.readAnswer().body()).isEqualTo("own page");
        }, "GET /errors HTTP/1.1\r\nHost: a.example\r\n\r\n");
    }

    @Test
    void wantsAPortUnlessItNamesAGroup() {
        assertThat(
                Frontdesk.refusal("http { server { listen 127.0.0.1:{{port}}; location / { grpc_pass localhost; } } }"))
                .contains("no port in upstream \"localhost\"");
    }
}
