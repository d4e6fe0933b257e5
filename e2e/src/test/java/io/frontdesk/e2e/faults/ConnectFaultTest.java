package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.BlackHole;
import io.frontdesk.testkit.DnsAnswer;
import io.frontdesk.testkit.DnsServer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import org.junit.jupiter.api.Test;

/** No connection comes about. */
class ConnectFaultTest {
    /** A port that is held, and on which nobody listens. */
    private static final String REFUSING = "127.0.0.1:{{port.dead}}";

    private static final String ALONE = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_connect_timeout 300ms;
                    add_header X-Status $upstream_status always;
                    location / { proxy_pass http://{{origin}}; }
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
                    proxy_connect_timeout 300ms;
                    add_header X-Status $upstream_status always;
                    add_header X-Addr $upstream_addr always;
                    location / { proxy_pass http://pool; }
                    location /off { proxy_pass http://pool; proxy_next_upstream off; }
                    location /error { proxy_pass http://pool; proxy_next_upstream error; }
                }
            }
            """;

    @Test
    void connectRefusedIsA502() {
        try (Frontdesk server = Frontdesk.start(ALONE.replace("{{origin}}", REFUSING))) {
            assertThat(server.get("/a").status()).isEqualTo(502);
            assertThat(server.errorLog())
                    .containsPattern("\\[error\\] .*connect\\(\\) failed \\(111: Connection refused\\)"
                            + " while connecting to upstream, client: 127.0.0.1, server: , request: \"GET /a HTTP/1.1\","
                            + " upstream: \"http://127.0.0.1:" + server.port("dead") + "/a\", host: \"localhost\"");
        }
    }

    @Test
    void connectRefusedGoesToTheNextAndIsCounted() {
        try (Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("good", good).start(POOL.replace("{{bad}}", REFUSING))) {
            Answer first = server.get("/");
            assertThat(first.body()).isEqualTo("good");
            assertThat(first.field("X-Status")).isEqualTo("502, 200");
            assertThat(first.field("X-Addr")).isEqualTo("127.0.0.1:" + server.port("dead") + ", " + good);
            assertThat(server.errorLog()).contains("upstream server temporarily disabled while connecting to upstream");
            // counted: it is not asked again
            assertThat(server.get("/").field("X-Status")).isEqualTo("200");
            assertThat(server.get("/").field("X-Status")).isEqualTo("200");
        }
    }

    @Test
    void connectRefusedGoesToTheNextForPostsToo() {
        // nothing was sent yet
        try (Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("good", good).start(POOL.replace("{{bad}}", REFUSING))) {
            Answer answer = server.request("POST", "/");
            assertThat(answer.field("X-Status")).isEqualTo("502, 200");
        }
    }

    @Test
    void connectRefusedGoesNowhereWhenThatIsOff() {
        try (Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("good", good).start(POOL.replace("{{bad}}", REFUSING))) {
            assertThat(server.get("/off").field("X-Status")).isEqualTo("502");
            assertThat(server.get("/off").field("X-Status")).isEqualTo("200");
        }
    }

    @Test
    void blackholeIsA504AfterTheConnectTimeout() {
        try (BlackHole hole = BlackHole.open(); Frontdesk server = Frontdesk.with("origin", hole).start(ALONE)) {
            Answer answer = server.get("/");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.field("X-Status")).isEqualTo("504");
            assertThat(server.errorLog()).containsPattern("\\[error\\] .*upstream timed out"
                    + " \\(110: Connection timed out\\) while connecting to upstream, client: 127.0.0.1");
        }
    }

    @Test
    void blackholeGoesToTheNextAndIsCounted() {
        try (BlackHole hole = BlackHole.open();
                Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("bad", hole).with("good", good).start(POOL)) {
            assertThat(server.get("/").field("X-Status")).isEqualTo("504, 200");
            assertThat(server.get("/").field("X-Status")).isEqualTo("200");
            assertThat(server.get("/").field("X-Status")).isEqualTo("200");
        }
    }

    @Test
    void blackholeIsATimeoutAndNoError() {
        try (BlackHole hole = BlackHole.open();
                Origin good = Origin.answering("good");
                Frontdesk server = Frontdesk.with("bad", hole).with("good", good).start(POOL)) {
            assertThat(server.get("/error").field("X-Status")).isEqualTo("504");
        }
    }

    @Test
    void socketFailsIsA500AndNotTheServersFault() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Frontdesk server = Frontdesk.with("one", one).with("two", two).start("""
                        http {
                            upstream pool {
                                server {{one}} fail_timeout=1h;
                                server {{two}} fail_timeout=1h;
                            }
                            server {
                                listen 127.0.0.1:{{port}};
                                add_header X-Status $upstream_status always;
                                location /unbound { proxy_pass http://pool; proxy_bind 192.0.2.1; }
                                location / { proxy_pass http://pool; }
                            }
                        }
                        """)) {
            server.expects("failed (99: Cannot assign requested address)");
            Answer answer = server.get("/unbound");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.field("X-Status")).isEqualTo("500, 500");
            assertThat(server.errorLog()).contains("[crit]").doesNotContain("temporarily disabled");
            // not counted
            assertThat(server.get("/").field("X-Status")).isEqualTo("200");
            assertThat(server.get("/").field("X-Status")).isEqualTo("200");
        }
    }

    @Test
    void dnsNxdomainOfAVariableIsA502() {
        try (DnsServer dns = DnsServer.answering(question -> DnsAnswer.code(3));
                Frontdesk server = Frontdesk.with("dns", dns).start("""
                        http {
                            resolver {{dns}};
                            server {
                                listen 127.0.0.1:{{port}};
                                add_header X-Status $upstream_status always;
                                location / { proxy_pass http://$arg_to:8080; }
                            }
                        }
                        """)) {
            Answer answer = server.get("/?to=nobody.example");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(server.errorLog()).contains(
                    "[error]", "nobody.example could not be resolved (3: Host not found), client: 127.0.0.1");
        }
    }

    @Test
    void dnsTimeoutOfAVariableIsA502AfterResolverTimeout() {
        try (DnsServer dns = DnsServer.silent(); Frontdesk server = Frontdesk.with("dns", dns).start("""
                http {
                    resolver {{dns}};
                    resolver_timeout 200ms;
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://$arg_to:8080; }
                    }
                }
                """)) {
            assertThat(server.get("/?to=nobody.example").status()).isEqualTo(502);
            assertThat(server.errorLog())
                    .contains("nobody.example could not be resolved (110: Operation timed out), client: 127.0.0.1");
        }
    }

    @Test
    void dnsFailureOfAStaticNameFailsTheLoad() {
        assertThat(Frontdesk.refusal("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://nobody.invalid; }
                    }
                }
                """)).contains("[emerg] host not found in upstream \"nobody.invalid\"");
    }
}
