package io.frontdesk.e2e.subrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** The include command: what is included, in which order, and what ends it. */
class IncludeTest {
    private static final String CONFIG = """
            http {
                log_format uri "$uri $status";
                access_log logs/access.log uri;
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    location / { ssi on; log_subrequest on; }
                    location /plain/ { gzip on; gzip_min_length 0; }
                    location /up/ { proxy_pass http://{{origin}}; proxy_buffering off; }
                    location /small/ { subrequest_output_buffer_size 8; }
                    location /gone/ { return 444; }
                    location /moved/ { rewrite ^ /plain/a last; }
                    location /vars/ { set $x inside; return 200 $x; }
                    location /who/ { return 200 "$request_method $uri $args $request_uri"; }
                }
            }
            """;

    private static Frontdesk.Builder pages() {
        return Frontdesk.file("html/plain/a", "A").file("html/plain/b", "B").file("html/plain/big", "x".repeat(300_000))
                .file("html/plain/empty", "").with("origin", "127.0.0.1:1");
    }

    private static String body(String page, String target) {
        try (Frontdesk server = pages().file("html/p.html", page).start(CONFIG)) {
            return server.get(target).body();
        }
    }

    private static String body(String page) {
        return body(page, "/p.html");
    }

    @Test
    void showsResponsesInThePlacesOfTheirCommands() {
        assertThat(body("1<!--#include virtual=\"/plain/a\" -->2<!--# include file=\"plain/b\" -->3"))
                .isEqualTo("1A2B3");
    }

    @Test
    void keepsTheOrderWhateverComesFirst() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = pages().with("origin", origin.authority())
                        .file("html/p.html",
                                "1<!--#include virtual=\"/up/slow\" -->2<!--#include virtual=\"/plain/big\" -->"
                                        + "3<!--#include virtual=\"/up/late\" -->4")
                        .start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /p.html HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            OriginConnection one = origin.accept();
            OriginConnection two = origin.accept();
            OriginConnection slow = one.readRequest().target().equals("/up/slow") ? one : two;
            OriginConnection late = slow == one ? two : one;
            late.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
            slow.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow");
            Answer answer = Answers.chunked(client.awaitEnd());
            assertThat(answer.body()).isEqualTo("1slow2" + "x".repeat(300_000) + "3late4");
        }
    }

    @Test
    void includesPagesThatInclude() {
        try (Frontdesk server = pages()
                .file("html/p.html", "1<!--#include virtual=\"/q.html\" -->2<!--#include virtual=\"/q.html\" -->3")
                .file("html/q.html", "(<!--#include virtual=\"/plain/a\" -->,<!--#include virtual=\"/plain/b\" -->)")
                .start(CONFIG)) {
            assertThat(server.get("/p.html").body()).isEqualTo("1(A,B)2(A,B)3");
        }
    }

    @Test
    void waitsWhereItIsToldTo() {
        assertThat(body("<!--#include virtual=\"/vars/\" wait=\"yes\" -->-<!--#echo var=\"x\" -->"))
                .isEqualTo("inside-inside");
    }

    @Test
    void keepsAResponseInAVariable() {
        assertThat(body("<!--#include virtual=\"/plain/a\" set=\"v\" -->[<!--#echo var=\"v\" -->]")).isEqualTo("[A]");
    }

    @Test
    void endsTheConnectionWhenAKeptResponseIsTooLarge() {
        try (Frontdesk server = pages().file("html/small/f", "123456789")
                .file("html/p.html", "<!--#include virtual=\"/small/f\" set=\"v\" -->").start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /p.html HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.awaitEnd()).isEmpty();
            assertThat(server.errorLog()).contains("too big subrequest response: 9")
                    .contains("subrequest: \"/small/f\"");
        }
    }

    @Test
    void showsABlockWhenThereIsNothingElse() {
        String page = "<!--#block name=\"none\" -->(<!--#echo var=\"arg_a\" -->)<!--#endblock -->";
        assertThat(body(page + "<!--#include virtual=\"/nothing.html\" stub=\"none\" -->", "/p.html?a=b"))
                .isEqualTo("((none))");
        assertThat(body(page + "<!--#include virtual=\"/plain/empty\" stub=\"none\" -->"))
                .isEqualTo("(<!--#echo var=\"arg_a\" -->)");
        assertThat(body(page + "<!--#include virtual=\"/plain/a\" stub=\"none\" -->")).isEqualTo("A");
    }

    @Test
    void showsErrorPagesOfWhatIsIncluded() {
        assertThat(body("<!--#include virtual=\"/plain/none\" -->")).contains("404 Not Found");
    }

    @Test
    void followsInternalRedirects() {
        assertThat(body("<!--#include virtual=\"/moved/\" -->")).isEqualTo("A");
    }

    @Test
    void asksByGetWithTheArgumentsOfTheCommand() {
        assertThat(body("<!--#include virtual=\"/who/?$args&b=c\" -->", "/p.html?a=b"))
                .isEqualTo("GET /who/ a=b&b=c /p.html?a=b");
    }

    @Test
    void refusesPathsThatLookForAWayOut() {
        assertThat(body("<!--#include virtual=\"/plain/../../etc/passwd\" -->"))
                .isEqualTo("[an error occurred while processing the directive]");
        assertThat(body("<!--#include virtual=\"/plain/%2e%2e/a\" -->"))
                .isEqualTo("[an error occurred while processing the directive]");
    }

    @Test
    void endsPagesThatIncludeThemselves() {
        try (Frontdesk server = pages().file("html/p.html", "x<!--#include virtual=\"/p.html\" -->").start(CONFIG)) {
            assertThat(server.get("/p.html").body()).isEqualTo("x".repeat(52)
                    + "[an error occurred while processing the directive]");
            assertThat(server.errorLog()).contains("subrequests cycle while processing \"/p.html\"");
        }
    }

    @Test
    void compressesTheWholeOnce() {
        try (Frontdesk server = pages().file("html/p.html", "<!--#include virtual=\"/plain/big\" -->")
                .start(CONFIG.replace("ssi on;", "ssi on; gzip on; gzip_min_length 0;"))) {
            Answer answer = server.get("/p.html", "Accept-Encoding: gzip");
            assertThat(answer.field("Content-Encoding")).isEqualTo("gzip");
            assertThat(answer.body().length()).isLessThan(10_000);
        }
    }

    @Test
    void answersHeadWithoutIncluding() {
        try (Frontdesk server = pages().file("html/p.html", "<!--#include virtual=\"/plain/a\" -->").start(CONFIG)) {
            Answer answer = server.request("HEAD", "/p.html");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("Content-Length")).isEmpty();
            assertThat(answer.field("Last-Modified")).isEmpty();
            assertThat(answer.field("ETag")).isEmpty();
        }
    }

    @Test
    void keepsTheConnectionForTheNextRequest() {
        try (Frontdesk server = pages().file("html/p.html", "<!--#include virtual=\"/plain/a\" -->").start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /p.html HTTP/1.1\r\nHost: a\r\n\r\nGET /p.html HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("A");
            assertThat(client.readAnswer().body()).isEqualTo("A");
        }
    }

    @Test
    void logsSubrequestsOnlyWhereItIsToldTo() {
        try (Frontdesk server = pages()
                .file("html/p.html", "<!--#include virtual=\"/q.html\" --><!--#include virtual=\"/plain/a\" -->")
                .file("html/q.html", "q").start(CONFIG)) {
            server.get("/p.html");
            await().until(() -> server.read("logs/access.log").contains("/p.html 200"));
            assertThat(server.read("logs/access.log")).isEqualTo("/q.html 200\n/p.html 200\n");
        }
    }

    @Test
    void endsWhatIsIncludedWhenTheClientIsGone() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = pages().with("origin", origin.authority())
                        .file("html/p.html", "1<!--#include virtual=\"/up/slow\" -->2").start(CONFIG)) {
            OriginConnection slow;
            try (RawClient client = server.connect()) {
                client.send("GET /p.html HTTP/1.1\r\nHost: a\r\n\r\n");
                slow = origin.accept();
                slow.readRequest();
            }
            assertThat(slow.awaitEnd()).isEmpty();
        }
    }

    @Test
    void closesTheConnectionWhereWhatIsIncludedSaysSo() {
        try (Frontdesk server = pages().file("html/p.html", "1<!--#include virtual=\"/gone/\" -->2").start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /p.html HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.awaitEnd()).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void readsPagesOfUpstreamsWhateverTheirCuts() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = pages().with("origin", origin.authority()).start(
                        CONFIG.replace("location /up/ {", "location /up/ { ssi on;"));
                RawClient client = server.connect()) {
            client.send("GET /up/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            OriginConnection up = origin.accept();
            up.readRequest();
            String page = "a<<!--b<!--#include virtual=\"/plain/a\" -->c<!-- d --><!--#echo var=\"arg_n\" default='e' -->f<!--";
            up.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + page.length() + "\r\n\r\n");
            for (char c : page.toCharArray()) {
                up.send(String.valueOf(c));
            }
            assertThat(Answers.chunked(client.awaitEnd()).body()).isEqualTo("a<<!--bAc<!-- d -->ef<!--");
        }
    }
}
