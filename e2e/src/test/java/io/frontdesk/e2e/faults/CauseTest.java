package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.BlackHole;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** Why an answer was an error: in the access log, in the error log, and for the client. */
class CauseTest {
    private static final String CONFIG = """
            http {
                log_format cause "$status $proxy_error [$proxy_error_detail]";
                access_log logs/access.log cause;
                error_log logs/error.log info;
                error_log logs/error.json info format=json;
                limit_req_zone $arg_key zone=few:1m rate=1r/m;
                client_max_body_size 10;
                proxy_status on;
                upstream mixed {
                    server 127.0.0.1:{{port.dead}};
                    server {{origin}};
                }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://{{origin}}; }
                    location /slow {
                        proxy_read_timeout 200ms;
                        proxy_pass http://{{origin}};
                    }
                    location /dead { proxy_pass http://127.0.0.1:{{port.dead}}; }
                    location /mixed { proxy_pass http://mixed; }
                    location /hole { proxy_connect_timeout 200ms; proxy_pass http://{{hole}}; }
                    location /deny { deny all; }
                    location /limit { limit_req zone=few; root {{prefix}}; }
                    location /gone { return 410; }
                    location /static { root {{prefix}}; }
                    location /name { proxy_pass http://$arg_none; }
                    location /dead-page { proxy_pass http://127.0.0.1:{{port.dead}}; error_page 502 = /page; }
                    location /front { root {{prefix}}; error_page 404 = @app; }
                    location @app { proxy_pass http://{{origin}}; }
                    location /auth { auth_request /gone; root {{prefix}}; }
                    location /page.shtml { ssi on; default_type text/html; root {{prefix}}; }
                    location /unset { return 200 "$never"; }
                    if ($arg_never) { set $never 1; }
                    location /value { add_header X-V $arg_v; return 200; }
                }
            }
            """;

    private static Frontdesk server(Object origin) {
        return Frontdesk.with("origin", origin).with("hole", "127.0.0.1:1")
                .file("page.shtml", "<!--# nonsense --><!--# include -->").start(CONFIG);
    }

    private static int line(String text) {
        return (int) CONFIG.substring(0, CONFIG.indexOf(text)).chars().filter(c -> c == '\n').count() + 1;
    }

    /** The line of the access log that came last, once there are so many. */
    private static String line(Frontdesk server, int number) {
        await().until(() -> server.read("logs/access.log").lines().count() >= number);
        return server.read("logs/access.log").lines().toList().get(number - 1);
    }

    @Test
    void aTimeoutNamesItsLimitTheLineTheServerAndHowLongItWas() {
        try (Origin origin = Origin.scripted(); Frontdesk server = server(origin)) {
            Answer answer = server.get("/slow");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(line(server, 1)).matches("504 read_timeout \\[proxy_read_timeout 200ms \\(.*/nginx.conf:"
                    + "\\d+\\); server " + origin + "; after \\d+\\.\\d{3}s\\]");
            assertThat(answer.field("Proxy-Status")).isEqualTo(
                    "frontdesk; error=http_response_timeout; next-hop=\"" + origin + "\"; details=\"read_timeout\"");
        }
    }

    @Test
    void aLimitThatNobodySetIsTheDefault() {
        try (BlackHole hole = BlackHole.open();
                Frontdesk server = Frontdesk.with("origin", hole).with("hole", hole).start(CONFIG)) {
            assertThat(server.get("/hole").status()).isEqualTo(504);
            assertThat(line(server, 1)).startsWith("504 connect_timeout [proxy_connect_timeout 200ms (")
                    .contains("; server " + hole + "; after ");
        }
        try (Origin origin = Origin.answering(r -> "HTTP/1.1 200 OK\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
                Frontdesk server = server(origin)) {
            assertThat(server.get("/").status()).isEqualTo(502);
            assertThat(line(server, 1)).startsWith(
                    "502 head_too_big [proxy_buffer_size 4k (the default); server " + origin + "; after ");
        }
    }

    @Test
    void whatTheSystemSaidStandsInTheDetail() {
        try (Frontdesk server = server("127.0.0.1:1")) {
            Answer answer = server.get("/dead");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(line(server, 1)).startsWith("502 connect_refused [connect() failed (111: Connection refused);"
                    + " server 127.0.0.1:" + server.port("dead") + "; after ");
            assertThat(answer.field("Proxy-Status")).startsWith("frontdesk; error=connection_refused; next-hop=");
        }
    }

    @Test
    void whatWentWellInTheEndHasNoCause() {
        try (Origin origin = Origin.answering("ok"); Frontdesk server = server(origin)) {
            for (int i = 0; i < 2; i++) {
                Answer answer = server.get("/mixed");
                assertThat(answer.body()).isEqualTo("ok");
                assertThat(answer.field("Proxy-Status")).isEmpty();
                assertThat(line(server, i + 1)).isEqualTo("200 - [-]");
            }
        }
    }

    @Test
    void aServersOwnErrorIsItsOwn() {
        try (Origin origin = Origin.answering(r -> "HTTP/1.1 503 X\r\nContent-Length: 0\r\n"
                + "Proxy-Status: inner; error=dns_error\r\n\r\n"); Frontdesk server = server(origin)) {
            Answer answer = server.get("/");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(line(server, 1)).isEqualTo("503 upstream_status [-]");
            assertThat(answer.fields("Proxy-Status")).containsExactly("inner; error=dns_error",
                    "frontdesk; next-hop=\"" + origin + "\"; received-status=503; details=\"upstream_status\"");
        }
    }

    @Test
    void aBodyThatBreaksOffHasACauseAlthoughTheStatusIsGood() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = server(origin);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection connection = origin.accept()) {
                connection.readRequest();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
                client.awaitText("01234");
            }
            client.awaitEnd();
            assertThat(line(server, 1))
                    .startsWith("200 body_truncated [upstream prematurely closed connection; server ");
        }
    }

    @Test
    void rulesAreCauses() {
        try (Frontdesk server = server("127.0.0.1:1")) {
            assertThat(server.get("/deny").field("Proxy-Status"))
                    .isEqualTo("frontdesk; error=http_request_denied; details=\"denied\"");
            assertThat(line(server, 1)).matches("403 denied \\[deny \\(.*nginx.conf:\\d+\\)\\]");
            server.get("/limit?key=a");
            assertThat(server.get("/limit?key=a").status()).isEqualTo(503);
            assertThat(line(server, 3)).matches("503 limited \\[limit_req zone=few \\(.*nginx.conf:\\d+\\)\\]");
            server.get("/gone");
            assertThat(line(server, 4)).matches("410 configured \\[return 410 \\(.*nginx.conf:\\d+\\)\\]");
        }
    }

    @Test
    void clientsAreCauses() {
        try (Origin origin = Origin.scripted(); Frontdesk server = server(origin)) {
            try (RawClient client = server.connect()) {
                client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(413);
            }
            assertThat(line(server, 1)).matches("413 body_too_large \\[client_max_body_size 10 \\(.*:\\d+\\)\\]");
            try (RawClient client = server.connect()) {
                client.send("broken\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(400);
            }
            assertThat(line(server, 2)).isEqualTo("400 bad_request [-]");
            try (RawClient client = server.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                origin.accept().readRequest();
            }
            assertThat(line(server, 3)).startsWith("499 client_closed ");
        }
    }

    @Test
    void filesAndNamesAreCauses() {
        try (Frontdesk server = server("127.0.0.1:1")) {
            server.get("/static/none");
            assertThat(line(server, 1)).isEqualTo("404 not_found [-]");
            server.get("/name?none=nobody.example");
            assertThat(line(server, 2))
                    .isEqualTo("502 dns_failure [no resolver defined to resolve nobody.example]");
        }
    }

    @Test
    void jsonLinesAreObjectsWithTheCause() {
        try (Frontdesk server = server("127.0.0.1:1")) {
            server.get("/dead?a=\"b\"\\", "Referer: http://\u00fc/\t");
            String line = server.read("logs/error.json").lines().filter(l -> l.contains("\"level\":\"error\""))
                    .findFirst()
                    .orElseThrow();
            assertThat(line).startsWith("{\"time\":\"2").endsWith("}")
                    .containsPattern("\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d\"")
                    .containsPattern("\"pid\":\\d+,\"tid\":\\d+,\"connection\":\\d+,")
                    .contains("\"message\":\"connect() failed (111: Connection refused) while connecting to upstream\"")
                    .contains("\"cause\":\"connect_refused\"", "\"client\":\"127.0.0.1\"", "\"server\":\"\"")
                    .contains("\"detail\":\"connect() failed (111: Connection refused); server 127.0.0.1:")
                    .contains("\"request\":\"GET /dead?a=\\\"b\\\"\\\\ HTTP/1.1\"", "\"host\":\"localhost\"")
                    .contains("\"upstream\":\"http://127.0.0.1:" + server.port("dead") + "/dead?a=\\\"b\\\"\\\\\"")
                    .contains("\"referrer\":\"http://\\u00fc/\"");
            // the other log is as nginx writes it
            assertThat(server.errorLog())
                    .contains("connect() failed (111: Connection refused) while connecting to upstream,"
                            + " client: 127.0.0.1, server: , request: \"GET /dead?a=\\x22b\\x22\\x5c HTTP/1.1\", upstream: \"http://");
            assertThat(server.read("logs/error.json").lines()).allMatch(l -> l.startsWith("{") && l.endsWith("}"));
        }
    }

    @Test
    void aPageThatAnswersInsteadLeavesTheCauseOfTheFirstFailure() {
        try (Origin origin = Origin.answering("instead"); Frontdesk server = server(origin)) {
            Answer answer = server.get("/dead-page");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("instead");
            assertThat(line(server, 1)).startsWith("200 connect_refused [connect() failed (111: Connection refused);");
            // a 404 that leads on to the application is none when that answers
            assertThat(server.get("/front/none").body()).isEqualTo("instead");
            assertThat(line(server, 2)).isEqualTo("200 - [-]");
        }
        try (Frontdesk server = server("127.0.0.1:1")) {
            assertThat(server.get("/front/none").status()).isEqualTo(502);
            assertThat(line(server, 1)).startsWith("502 connect_refused [");
        }
    }

    @Test
    void whatDoesNotEndTheRequestHasACauseToo() {
        try (Origin origin = Origin.answering("ok"); Frontdesk server = server(origin)) {
            assertThat(server.get("/value?v=a%0D%0Ab").status()).isEqualTo(200);
            assertThat(server.get("/auth").status()).isEqualTo(500);
            assertThat(line(server, 2)).isEqualTo("500 subrequest_failed [-]");
            assertThat(server.get("/page.shtml").status()).isEqualTo(200);
            assertThat(server.get("/unset").status()).isEqualTo(200);
            server.get("/limit?key=b");
            assertThat(server.read("logs/error.json").lines().filter(l -> !l.contains("\"level\":\"info\"")
                    && !l.contains("\"level\":\"notice\""))).allMatch(l -> l.contains("\"cause\":\""))
                    .anyMatch(l -> l.contains("\"cause\":\"ssi_command\""))
                    .anyMatch(l -> l.contains("\"cause\":\"subrequest_failed\""))
                    .anyMatch(l -> l.contains("\"cause\":\"unset_variable\""));
        }
    }

    @Test
    void anUnknownFormatFailsTheLoad() {
        assertThat(Frontdesk.refusal("error_log logs/error.log format=xml; http { }"))
                .contains("[emerg] invalid format \"format=xml\" in ");
    }

    @Test
    void theLineOfALimitIsTheOneThatSetIt() {
        try (Origin origin = Origin.scripted(); Frontdesk server = server(origin)) {
            server.get("/slow");
            assertThat(line(server, 1)).contains("nginx.conf:" + line("proxy_read_timeout") + ")");
        }
    }
}
