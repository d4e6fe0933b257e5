package io.frontdesk.e2e.filters;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** Conditional requests: 304 and 412. */
class ConditionTest {
    private static final String OLD = "Fri, 05 Jul 1985 14:30:52 GMT";
    private static final String LATE = "Wed, 08 Jul 2037 22:53:52 GMT";
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    add_header X-Always yes always;
                    location /before/ { if_modified_since before; }
                    location /off/ { if_modified_since off; }
                    location /page/ { error_page 412 =200 /e; }
                }
            }
            """;

    private static Frontdesk server() {
        return Frontdesk.file("html/f", "text").file("html/before/f", "text").file("html/off/f", "text")
                .file("html/page/f", "text").file("html/e", "error").start(CONFIG);
    }

    @Test
    void comparesTimes() {
        try (Frontdesk server = server()) {
            Answer first = server.get("/f");
            String time = first.field("Last-Modified");

            Answer same = server.get("/f", "If-Modified-Since: " + time);
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.field("ETag")).isEqualTo(first.field("ETag"));
            assertThat(same.field("Content-Length")).isEmpty();
            assertThat(same.field("Content-Type")).isEmpty();
            assertThat(same.field("Accept-Ranges")).isEmpty();
            assertThat(server.get("/f", "If-Modified-Since: " + LATE).status()).isEqualTo(200);
            assertThat(server.get("/before/f", "If-Modified-Since: " + LATE).status()).isEqualTo(304);
            assertThat(server.get("/off/f", "If-Modified-Since: "
                    + server.get("/off/f").field("Last-Modified")).status()).isEqualTo(200);
            assertThat(server.get("/f", "If-Modified-Since: nonsense").status()).isEqualTo(200);
        }
    }

    @Test
    void comparesTags() {
        try (Frontdesk server = server()) {
            String tag = server.get("/f").field("ETag");

            assertThat(server.get("/f", "If-None-Match: " + tag).status()).isEqualTo(304);
            assertThat(server.get("/f", "If-None-Match: \"a\", W/" + tag + " ,\"b\"").status()).isEqualTo(304);
            assertThat(server.get("/f", "If-None-Match: *").status()).isEqualTo(304);
            assertThat(server.get("/f", "If-None-Match: \"a\"").status()).isEqualTo(200);
            assertThat(server.get("/f", "If-None-Match: " + tag, "If-Modified-Since: " + OLD).status()).isEqualTo(200);
            assertThat(server.get("/f", "If-Match: \"a\",\t" + tag).status()).isEqualTo(200);
            assertThat(server.get("/f", "If-Match: W/" + tag).status()).isEqualTo(412);
            assertThat(server.get("/no", "If-Match: \"a\"").status()).isEqualTo(404);
        }
    }

    @Test
    void answersAFailedConditionByItsPage() {
        try (Frontdesk server = server()) {
            Answer failed = server.get("/f", "If-Unmodified-Since: " + OLD);
            assertThat(failed.status()).isEqualTo(412);
            assertThat(failed.body()).contains("<h1>412 Precondition Failed</h1>");
            assertThat(failed.fields("X-Always")).hasSize(1);
            assertThat(failed.field("ETag")).isEmpty();
            assertThat(server.get("/f", "If-Unmodified-Since: " + LATE).status()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheConnectionAfterAFailedCondition() {
        try (Frontdesk server = server(); var client = server.connect()) {
            client.send("GET /f HTTP/1.1\r\nHost: a\r\nIf-Match: \"a\"\r\n\r\nGET /f HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.readAnswer().status()).isEqualTo(412);
            assertThat(client.readAnswer().body()).isEqualTo("text");
        }
    }
}
