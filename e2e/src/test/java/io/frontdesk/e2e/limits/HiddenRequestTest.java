package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Row: body left on the connection after early answer, cache hit, 413, return, auth failure. Every handler that answers without reading
 * the body gets one that looks like a request: that must never be answered, and what follows it either is answered or finds the
 * connection closed.
 */
class HiddenRequestTest {
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String AFTER = "GET /after HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static final String CONFIG = """
            worker_processes 1;
            http {
                log_format target "[$request]";
                access_log logs/access.log target;
                limit_req_zone $binary_remote_addr zone=few:1m rate=1r/m;
                proxy_cache_path {{prefix}}/cache keys_zone=one:1m;
                proxy_cache_valid any 1h;
                proxy_cache_methods GET POST;
                proxy_cache_key $uri;
                map $uri $target { default /mapped; }
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    client_max_body_size 1m;
                    error_page 410 /page.html;
                    error_page 409 @named;
                    error_page 404 /404.html;
                    location = /hidden { return 200 "the hidden request was answered"; }
                    location = /after { return 200 "after"; }
                    location /return/text { return 200 "text"; }
                    location /return/empty { return 204; }
                    location /return/error { return 503; }
                    location /return/redirect { return 302 /; }
                    location /rewrite { rewrite ^ /elsewhere permanent; }
                    location /page { return 410; }
                    location /named { return 409; }
                    location @named { return 200 "named"; }
                    location /static { }
                    location /folder/ { autoindex on; }
                    location /json/ { alias {{prefix}}/html/folder/; autoindex on; autoindex_format json; }
                    location /index/ { }
                    location /random/ { random_index on; }
                    location /try { try_files /nowhere =405; }
                    location /gif { empty_gif; }
                    location /status { stub_status; }
                    location /large { client_max_body_size 5; proxy_pass http://{{app}}; }
                    location /large/read { client_max_body_size 5; proxy_pass http://{{app}}; proxy_request_buffering off; }
                    location /password { auth_basic "x"; auth_basic_user_file users; }
                    location /asks { auth_request /return/error; }
                    location /refuses { auth_request /denied; }
                    location /denied { deny all; }
                    location /limited { limit_req zone=few; }
                    location /link { secure_link $arg_s; secure_link_md5 "x$uri"; if ($secure_link = "") { return 403; } }
                    location /referer { valid_referers none a.example; if ($invalid_referer) { return 403; } }
                    location /internal { internal; }
                    location /only { limit_except HEAD { deny all; } }
                    location /cached { proxy_pass http://{{app}}; proxy_cache one; }
                    location /cached/streamed { proxy_pass http://{{app}}; proxy_cache one; proxy_request_buffering off; }
                    location /early { proxy_pass http://{{early}}; proxy_request_buffering off; }
                    location /dead { proxy_pass http://127.0.0.1:{{port.dead}}; }
                    location /dead/streamed { proxy_pass http://127.0.0.1:{{port.dead}}; proxy_request_buffering off; }
                    location /mirrored { mirror /return/empty; mirror_request_body off; proxy_pass http://{{app}}; }
                    location /ssi.shtml { ssi on; default_type text/html; }
                    location /added { add_before_body /return/text; addition_types *; }
                    location /posted { post_action /return/empty; return 200 "text"; }
                    location /slow { limit_rate 100k; return 200 "text"; }
                    location /tunnel { tunnel_pass 127.0.0.1:{{port.dead}}; }
                }
            }
            """;
    private static final List<String> TARGETS = List.of("/return/text", "/return/empty", "/return/error",
            "/return/redirect", "/rewrite", "/page", "/named", "/static", "/static/none", "/folder/", "/folder",
            "/json/", "/index/", "/random/", "/try", "/gif", "/status", "/large", "/large/read", "/password", "/asks",
            "/refuses", "/denied", "/limited", "/link", "/referer", "/internal", "/only", "/cached",
            "/cached/streamed", "/early", "/dead", "/dead/streamed", "/mirrored", "/ssi.shtml", "/added", "/posted",
            "/slow", "/tunnel", "/404.html/none");

    /** Those that may want the body before they answer. */
    private static final List<String> READ_FIRST = List.of("/large/read", "/dead", "/mirrored", "/cached",
            "/cached/streamed", "/early", "/tunnel", "/dead/streamed");

    /** How the hidden request comes. */
    private enum Way {
        /** All in one send. */
        AT_ONCE,
        /** Once the answer is there. */
        LATE,
        /** Half with the head, half once the answer is there. */
        IN_TWO,
        /** As the client waits to be told to go on. */
        EXPECTED,
    }

    private static String chunked(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";
    }

    /** All that comes back on the connection. */
    private static String play(Frontdesk server, String method, String target, boolean chunks, Way way) {
        String body = chunks ? chunked(HIDDEN) : HIDDEN;
        String head = method + " " + target + " HTTP/1.1\r\nHost: a\r\nReferer: http://b/\r\n"
                + (way == Way.EXPECTED ? "Expect: 100-continue\r\n" : "")
                + (chunks ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + HIDDEN.length() + "\r\n\r\n");
        int half = way == Way.AT_ONCE ? body.length() : way == Way.IN_TWO ? body.length() / 2 : 0;
        try (RawClient client = server.connect()) {
            client.send(head + body.substring(0, half) + (way == Way.AT_ONCE ? AFTER : ""));
            StringBuilder all = new StringBuilder();
            if (way != Way.AT_ONCE) {
                // some answer only once they have the body
                if (answersUnread(target, chunks)) {
                    all.append(client.awaitText("\r\n\r\n"));
                }
                client.sendTooMuch((body.substring(half) + AFTER).getBytes(StandardCharsets.US_ASCII));
            }
            return all.append(client.awaitEnd()).toString();
        }
    }

    private static boolean answersUnread(String target, boolean chunks) {
        return !READ_FIRST.contains(target) && !(chunks && target.equals("/large"));
    }

    @TestFactory
    Stream<DynamicTest> isNeverAnswered() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String method : List.of("POST", "GET", "DELETE")) {
            for (boolean chunks : new boolean[]{false, true}) {
                for (Way way : Way.values()) {
                    tests.add(DynamicTest.dynamicTest(method + (chunks ? " in chunks " : " by length ") + way,
                            () -> playAll(method, chunks, way)));
                }
            }
        }
        return tests.stream();
    }

    private static void playAll(String method, boolean chunks, Way way) {
        try (Origin app = Origin.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\napp");
                Origin early = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).with("early", early).file("html/static", "static")
                        .file("html/page.html", "page").file("html/404.html", "none").file("html/folder/file", "x")
                        .file("html/index/index.html", "x").file("html/random/file", "x").file("html/added", "x")
                        .file("html/limited", "x").file("html/ssi.shtml", "<!--# include virtual=\"/static\" -->")
                        .file("users", "ann:{PLAIN}x\n").start(CONFIG)) {
            Thread answersEarly = Thread.ofVirtual().start(() -> {
                var connection = early.accept();
                connection.readHead();
                connection.answer("early");
            });
            server.get("/limited");
            for (String cached : List.of("/cached", "/cached/streamed")) {
                server.get(cached);
            }
            for (String target : TARGETS) {
                String all = play(server, method, target, chunks, way);
                assertThat(all).as("%s %s %s", method, target, way).startsWith("HTTP/1.1 ")
                        .doesNotContain("hidden request was answered");
            }
            await().until(() -> !answersEarly.isAlive());
            server.server().quit();
            await().until(() -> !server.server().isAlive());
            assertThat(server.read("logs/access.log")).doesNotContain("/hidden");
            assertThat(app.requests()).noneMatch(request -> request.target().contains("hidden"));
        }
    }
}
