package io.frontdesk.e2e.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import org.junit.jupiter.api.Test;

/** sticky: a client stays with its server. */
class StickyTest {
    private static Frontdesk server(Origin one, Origin two, String sticky) {
        return Frontdesk.with("one", one).with("two", two).with("sticky", sticky).start("""
                worker_processes 2;
                http {
                    upstream group {
                        server {{one}} route=a;
                        server {{two}} route=b;
                        sticky {{sticky}};
                    }
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://group; proxy_next_upstream http_503; }
                    }
                }
                """);
    }

    @Test
    void namesTheServerInACookie() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "cookie srv expires=1h domain=$host path=/ httponly secure "
                        + "samesite=$arg_site")) {
            Answer first = server.get("/?site=odd");
            assertThat(first.field("Set-Cookie")).startsWith("srv=a; expires=")
                    .endsWith("; max-age=3600; domain=localhost; httponly; secure; samesite=strict; path=/");
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/", "Cookie: srv=b").body()).isEqualTo("two");
            }
        }
    }

    @Test
    void namesTheServerThatAnsweredInTheEnd() {
        try (Origin one = Origin.answering(q -> "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "cookie srv")) {
            Answer answer = server.get("/", "Cookie: srv=a");
            assertThat(answer.body()).isEqualTo("two");
            assertThat(answer.head()).containsOnlyOnce("Set-Cookie").contains("Set-Cookie: srv=b\r\n");
        }
    }

    @Test
    void takesTheRouteFromTheFirstVariableThatHasOne() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Frontdesk server = server(one, two, "route $cookie_r $arg_r")) {
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/?r=b").body()).isEqualTo("two");
                assertThat(server.get("/?r=b", "Cookie: r=a").body()).isEqualTo("one");
            }
        }
    }

    @Test
    void learnsSessionsThatServersBeginAndKeepsThemOverAReload() {
        String config = """
                http {
                    upstream group {
                        server {{one}};
                        server {{two}};
                        sticky learn zone=sessions:1m timeout=1h create=$upstream_cookie_sid lookup=$cookie_sid;
                    }
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://group; }
                    }
                }
                """;
        try (Origin one = Origin.answering(q -> answer("one", q.target()));
                Origin two = Origin.answering(q -> answer("two", q.target()));
                Frontdesk server = Frontdesk.with("one", one).with("two", two).start(config)) {
            String home = server.get("/login").body();
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/", "Cookie: sid=of-" + home).body()).isEqualTo(home);
            }
            assertThat(server.reload(config)).isTrue();
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/", "Cookie: sid=of-" + home).body()).isEqualTo(home);
            }
        }
    }

    private static String answer(String name, String target) {
        return "HTTP/1.1 200 OK\r\n" + (target.equals("/login") ? "Set-Cookie: sid=of-" + name + "; path=/\r\n" : "")
                + "Content-Length: " + name.length() + "\r\n\r\n" + name;
    }

    @Test
    void sendsOnlyBoundClientsToAServerThatIsDraining() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).start("""
                        http {
                            upstream group {
                                server {{one}} route=a drain;
                                server {{two}} route=b;
                                sticky route $arg_r;
                            }
                            server {
                                listen 127.0.0.1:{{port}};
                                location / { proxy_pass http://group; }
                                location /states { return 200 "$upstream_states_group"; }
                            }
                        }
                        """)) {
            assertThat(server.get("/?r=a").body()).isEqualTo("one");
            for (int i = 0; i < 4; i++) {
                assertThat(server.get("/").body()).isEqualTo("two");
            }
            assertThat(server.get("/states").body()).isEqualTo(one + " draining, " + two + " up");
        }
    }
}
