package io.frontdesk.e2e.subrequests;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** add_before_body, add_after_body. */
class AdditionTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    add_before_body /before.txt;
                    add_after_body /after.txt;
                    location /text/ { addition_types text/plain; }
                    location /none/ { add_before_body ""; add_after_body ""; }
                    location /page/ { ssi on; }
                }
            }
            """;

    private static Frontdesk server() {
        return Frontdesk.file("html/before.txt", "<").file("html/after.txt", ">").file("html/f.html", "body")
                .file("html/large.html", "x".repeat(500_000)).file("html/empty.html", "")
                .file("html/text/f.txt", "text")
                .file("html/none/f.html", "none")
                .file("html/page/f.html", "1<!--#include virtual=\"/text/f.txt\" wait=\"yes\" -->2").start(CONFIG);
    }

    @Test
    void addsBeforeAndBehind() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/f.html");
            assertThat(answer.body()).isEqualTo("<body>");
            assertThat(answer.field("Content-Length")).isEmpty();
            assertThat(answer.field("Accept-Ranges")).isEmpty();
            assertThat(answer.field("ETag")).startsWith("W/");
            assertThat(server.get("/large.html").body()).isEqualTo("<" + "x".repeat(500_000) + ">");
            assertThat(server.get("/empty.html").body()).isEqualTo("<>");
        }
    }

    @Test
    void addsToTheTypesThatItIsToldTo() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/after.txt").body()).isEqualTo(">");
            assertThat(server.get("/text/f.txt").body()).isEqualTo("<text>");
            assertThat(server.get("/none/f.html").body()).isEqualTo("none");
        }
    }

    @Test
    void addsOnlyToSuccess() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/nothing.html").body()).startsWith("<html>").endsWith("</html>\r\n");
        }
    }

    @Test
    void addsBehindWhatIsIncluded() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/page/f.html").body()).isEqualTo("<1text2>");
        }
    }
}
