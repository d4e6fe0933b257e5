package io.frontdesk.e2e.subrequests;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** auth_request: another location decides. */
class AuthRequestTest {
    private static final String CONFIG = """
            http {
                upstream asked { server {{origin}}; }
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    location / {
                        auth_request /auth;
                        auth_request_set $user $upstream_http_x_user;
                        auth_request_set $answer $upstream_status;
                        add_header X-User "$user/$answer" always;
                    }
                    location /any/ { satisfy any; deny all; auth_request /auth; }
                    location /off/ { auth_request off; }
                    location /body { auth_request /auth; proxy_pass http://{{origin}}; }
                    location /page { auth_request /auth; error_page 401 = /login; }
                    location = /login { auth_request off; return 200 "login for $uri"; }
                    location = /auth {
                        internal;
                        proxy_pass http://asked;
                        proxy_set_header X-Original-URI $request_uri;
                    }
                }
            }
            """;

    private static final String NONE = "\r\nContent-Length: 0\r\n\r\n";

    private static String ok(OriginRequest request) {
        return "HTTP/1.1 204 No Content\r\nX-User: joe\r\n\r\n";
    }

    private static void serve(Function<OriginRequest, String> answers, java.util.function.Consumer<Frontdesk> test) {
        try (Origin origin = Origin.answering(answers);
                Frontdesk server = Frontdesk.with("origin", origin.authority()).file("html/f", "text")
                        .file("html/any/f", "any").file("html/off/f", "off").start(CONFIG)) {
            test.accept(server);
        }
    }

    @Test
    void letsInWithASuccess() {
        serve(AuthRequestTest::ok, server -> {
            Answer answer = server.get("/f");
            assertThat(answer.body()).isEqualTo("text");
            assertThat(answer.field("X-User")).isEqualTo("joe/204");
        });
    }

    @Test
    void refusesAsItIsTold() {
        serve(request -> "HTTP/1.1 403 Forbidden" + NONE, server -> {
            assertThat(server.get("/f").status()).isEqualTo(403);
            assertThat(server.get("/f").field("X-User")).isEqualTo("/403");
        });
        serve(request -> "HTTP/1.1 404 Not Found" + NONE, server -> {
            assertThat(server.get("/f").status()).isEqualTo(500);
            assertThat(server.errorLog()).contains("auth request unexpected status: 404");
        });
    }

    @Test
    void passesAllChallenges() {
        serve(request -> "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a\"\r\nWWW-Authenticate: Bearer"
                + NONE,
                server -> {
                    Answer answer = server.get("/f");
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.fields("WWW-Authenticate")).containsExactly("Basic realm=\"a\"", "Bearer");
                });
    }

    @Test
    void goesOnAtTheErrorPage() {
        serve(request -> "HTTP/1.1 401 Unauthorized" + NONE,
                server -> assertThat(server.get("/page").body()).isEqualTo("login for /login"));
    }

    @Test
    void isNotAskedWhereItIsOff() {
        serve(request -> "HTTP/1.1 403 Forbidden" + NONE,
                server -> assertThat(server.get("/off/f").body()).isEqualTo("off"));
    }

    @Test
    void isEnoughWhereAnyIs() {
        serve(AuthRequestTest::ok, server -> assertThat(server.get("/any/f").body()).isEqualTo("any"));
        serve(request -> "HTTP/1.1 401 Unauthorized" + NONE,
                server -> assertThat(server.get("/any/f").status()).isEqualTo(401));
    }

    @Test
    void isAskedByGetAndLeavesTheBodyToTheRequest() {
        try (Origin origin = Origin.answering(request -> request.target().equals("/auth")
                ? ok(request)
                : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + request.body());
                Frontdesk server = Frontdesk.with("origin", origin.authority()).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("POST /body?a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
            client.send("text");
            assertThat(client.readAnswer().body()).isEqualTo("text");
            OriginRequest asked = origin.requests().getFirst();
            assertThat(asked.line()).isEqualTo("GET /auth HTTP/1.1");
            assertThat(asked.field("X-Original-URI")).isEqualTo("/body?a");
            assertThat(asked.field("Content-Length")).isEmpty();
            assertThat(asked.body()).isEmpty();
        }
    }

    @Test
    void takesNoClientThatIsGone() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin.authority()).start(CONFIG)) {
            OriginConnection asked;
            try (RawClient client = server.connect()) {
                client.send("GET /f HTTP/1.1\r\nHost: a\r\n\r\n");
                asked = origin.accept();
                asked.readRequest();
            }
            assertThat(asked.awaitEnd()).isEmpty();
        }
    }

    @Test
    void keepsTheConnectionToTheOneThatIsAsked() {
        try (Origin origin = Origin.answering("yes");
                Frontdesk server = Frontdesk.with("origin", origin.authority()).file("html/f", "text").start(CONFIG);
                RawClient client = server.connect()) {
            for (int i = 0; i < 5; i++) {
                client.send("GET /f HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().body()).isEqualTo("text");
            }
            assertThat(origin.connectionCount()).isEqualTo(1);
        }
    }
}
