package io.frontdesk.e2e.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frame;
import io.frontdesk.testkit.FrameOrigin;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.OriginRequest;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** health_check and match. */
class HealthCheckTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Mode: main\r\nContent-Length: 7\r\n\r\nWelcome";

    private static final String CONFIG = """
            worker_processes 2;
            http {
                match fine { {{match}} }
                upstream group { server {{one}}; server {{two}}; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://group/app;
                        proxy_set_header X-From frontdesk;
                        proxy_intercept_errors on;
                        error_page 503 /states;
                        health_check interval=30ms {{check}};
                    }
                    location /states { return 200 "$upstream_states_group"; }
                }
            }
            """;

    private static Frontdesk server(Origin one, Origin two, String match, String check) {
        return Frontdesk.with("one", one).with("two", two).with("match", match).with("check", check).start(CONFIG);
    }

    private static void awaitStates(Frontdesk server, Origin one, String first, Origin two, String second) {
        await().until(() -> server.get("/states").body()
                .equals(one + " " + first + ", " + two + " " + second));
    }

    @Test
    void takesAServerOutOfUseWhileItIsIllAndBackWhenItIsWell() {
        AtomicReference<String> answer = new AtomicReference<>(OK);
        try (Origin one = Origin.answering(request -> answer.get());
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "status 200;", "uri=/health?deep=1 fails=2 passes=2")) {
            await().until(() -> one.requests().size() > 2);
            answer.set("HTTP/1.1 503 Ill\r\nX-Accel-Redirect: /states\r\nContent-Length: 0\r\n\r\n");
            awaitStates(server, one, "unhealthy", two, "up");
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/").body()).isEqualTo("two");
            }
            answer.set(OK);
            awaitStates(server, one, "up", two, "up");
            await().until(() -> server.get("/").body().equals("Welcome"));
            assertThat(server.errorLog())
                    .contains("[warn]").contains("peer is unhealthy while checking status code, health check \"\" of "
                            + "peer " + one + " in upstream \"group\"")
                    .contains("[notice]").contains("peer is healthy while checking status code, health check \"\" of "
                            + "peer " + one + " in upstream \"group\"");
        }
    }

    @Test
    void asksWithTheHeadersOfItsLocationAndItsOwnTarget() {
        try (Origin one = Origin.answering(request -> OK);
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "status 200;", "uri=/health?deep=1")) {
            await().until(() -> !one.requests().isEmpty());
            OriginRequest request = one.requests().getFirst();
            assertThat(request.head()).startsWith("GET /health?deep=1 HTTP/1.");
            assertThat(request.field("X-From")).isEqualTo("frontdesk");
            assertThat(request.field("Host")).isEqualTo("group");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"status 200;|up", "status 201-299 200;|up", "status ! 500-599;|up",
            "status ! 200-299;|unhealthy", "status 204;|unhealthy", "header X-Mode;|up", "header ! X-Mode;|unhealthy",
            "header ! Refresh;|up", "header X-Mode = main;|up", "header X-Mode = mai;|unhealthy",
            "header X-Mode != main;|unhealthy", "header Content-Type ~ ^text/;|up",
            "header content-type !~ html;|up", "header Content-Type ~* ^TEXT;|up", "body ~ Wel;|up",
            "body !~ Maintenance;|up", "body ~ ^maintenance;|unhealthy", "body ~* ^welcome$;|up",
            "status 200; body ~ nothing;|unhealthy", "require $upstream_http_x_mode;|up",
            "require $upstream_http_x_other;|unhealthy"})
    void judgesAResponseByItsMatchBlock(String match, String state) {
        try (Origin one = Origin.answering(request -> OK);
                Origin two = Origin.answering(request -> OK);
                Frontdesk server = server(one, two, match, "match=fine")) {
            await().until(() -> one.requests().size() > 1 && two.requests().size() > 1);
            awaitStates(server, one, state, two, state);
        }
    }

    @Test
    void givesNothingToAServerBeforeItsMandatoryCheck() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "status 200;", "mandatory")) {
            OriginConnection probe = one.accept();
            probe.readRequest();
            awaitStates(server, one, "checking", two, "up");
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/").body()).isEqualTo("two");
            }
            probe.answer("fine");
            awaitStates(server, one, "up", two, "up");
        }
    }

    @Test
    void checksAnotherPortWhereItIsTold() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Origin health = Origin.answering("fine");
                Frontdesk server = server(one, two, "status 200;", "keepalive_time=1h port=" + health.port())) {
            await().until(() -> health.requests().size() > 6);
            // each server has its own connection to there
            assertThat(health.connectionCount()).isEqualTo(2);
            assertThat(one.requests()).isEmpty();
        }
    }

    private static final String CALLS = """
            http {
                upstream group { server {{one}}; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { grpc_pass grpc://group; health_check interval=30ms {{check}}; }
                    location /states { return 200 "$upstream_states_group"; }
                }
            }
            """;

    /** Answers each call of the health service on connections of their own with those frames, until the state is that one. */
    private static void callsUntil(String check, String state, Consumer<FrameOrigin> answer) {
        try (Origin one = Origin.scripted();
                Frontdesk server = Frontdesk.with("one", one).with("check", check).start(CALLS)) {
            do {
                try (FrameOrigin peer = FrameOrigin.accept(one)) {
                    Frame request = peer.awaitRequest();
                    assertThat(peer.fields(request)).containsEntry(":method", "POST")
                            .containsEntry(":path", "/grpc.health.v1.Health/Check")
                            .containsEntry("content-type", "application/grpc").containsEntry("te", "trailers");
                    boolean named = check.contains("grpc_service");
                    assertThat(peer.awaitBody()).isEqualTo(named
                            ? "\0\0\0\0\7\n\5a.B/C"
                            : "\0\0\0\0\0");
                    answer.accept(peer);
                }
            } while (!server.get("/states").body().equals(one + " " + state));
        }
    }

    private static void serving(FrameOrigin peer, int status) {
        peer.head(1, false, ":status: 200", "content-type: application/grpc")
                .data(1, false, "\0\0\0\0\2\10" + (char) status).head(1, true, "grpc-status: 0");
    }

    @Test
    void asksTheHealthServiceOfAGrpcServer() {
        callsUntil("mandatory type=grpc", "up", peer -> serving(peer, 1));
        callsUntil("type=grpc", "unhealthy", peer -> serving(peer, 2));
        callsUntil("mandatory type=grpc grpc_service=a.B/C", "up", peer -> serving(peer, 1));
    }

    @Test
    void takesTheGivenStatusOfAServerWithoutHealthServiceForHealth() {
        callsUntil("mandatory type=grpc grpc_status=12", "up",
                peer -> peer.head(1, true, ":status: 200", "content-type: application/grpc", "grpc-status: 12"));
        callsUntil("type=grpc", "unhealthy",
                peer -> peer.head(1, true, ":status: 200", "content-type: application/grpc", "grpc-status: 12"));
        callsUntil("type=grpc grpc_status=12", "unhealthy",
                peer -> peer.head(1, true, ":status: 200", "content-type: application/grpc", "grpc-status: 14"));
    }

    @Test
    void findsAGrpcServerIllThatAnswersNonsense() {
        callsUntil("type=grpc", "unhealthy", peer -> peer.head(1, false, ":status: 200").data(1, true, "fine"));
    }

    @Test
    void findsASingleServerIllThatIsGone() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "status 200;", "")) {
            awaitStates(server, one, "up", two, "up");
            two.close();
            awaitStates(server, one, "up", two, "unhealthy");
            await().until(
                    () -> server.errorLog().contains("connect() failed (111: Connection refused) while connecting "
                            + "to upstream, health check \"\" of peer " + two));
            one.close();
            awaitStates(server, one, "unhealthy", two, "unhealthy");
            assertThat(server.get("/").status()).isEqualTo(502);
        }
    }

    @Test
    void keepsTheStateOverAReloadAndForgetsItWithTheCheck() {
        AtomicReference<String> answer = new AtomicReference<>("HTTP/1.1 500 Ill\r\nContent-Length: 0\r\n\r\n");
        try (Origin one = Origin.answering(request -> answer.get());
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "status 200;", "fails=1 passes=1000000")) {
            awaitStates(server, one, "unhealthy", two, "up");
            answer.set(OK);
            assertThat(server.reload(CONFIG)).isTrue();
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/").body()).isEqualTo("two");
            }
            assertThat(server.reload(CONFIG.replaceAll("health_check[^;]*;", ""))).isTrue();
            awaitStates(server, one, "up", two, "up");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "proxy_pass http://127.0.0.1:1; health_check match=none;|match \"none\" is not found",
            "health_check;|\"health_check\" needs a \"proxy_pass\" or \"grpc_pass\" without variables in its location",
            "proxy_pass http://127.0.0.1:1; health_check type=grpc;|\"type=grpc\" needs a \"grpc_pass\" in its location",
            "grpc_pass 127.0.0.1:1; health_check type=tcp;|invalid parameter \"type=tcp\"",
            "grpc_pass 127.0.0.1:1; health_check uri=/a type=grpc;|\"type=grpc\" is not compatible with \"uri\" and \"match\" parameters",
            "grpc_pass 127.0.0.1:1; health_check grpc_status=12;|\"grpc_status=12\" requires \"type=grpc\" parameter",
            "proxy_pass http://127.0.0.1:1; health_check interval=0;|invalid parameter \"interval=0\"",
            "proxy_pass http://127.0.0.1:1; health_check uri=health;|invalid parameter \"uri=health\"",
            "proxy_pass http://127.0.0.1:1; health_check fails=0;|invalid parameter \"fails=0\"",
            "proxy_pass http://127.0.0.1:1; health_check persistent;|\"persistent\" parameter requires \"mandatory\" parameter"})
    void refusesWhatDoesNotFit(String location, String reason) {
        assertThat(Frontdesk.refusal("http { server { listen 127.0.0.1:{{port}}; location / { " + location + " } } }"))
                .contains("[emerg] " + reason);
    }

    @Test
    void refusesAConditionThatIsNone() {
        assertThat(Frontdesk.refusal("http { match m { status 2xx; } }")).contains("invalid \"status\" in match \"m\"");
        assertThat(Frontdesk.refusal("http { match m { cookie a; } }")).contains("unknown directive \"cookie\"");
    }
}
