package io.frontdesk.e2e.filters;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** add_header, add_trailer, expires. */
class HeadersTest {
    private static final String CONFIG = """
            http {
                add_header X-Http http;
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    add_header X-Server $uri;
                    add_header X-Always a always;
                    location /own/ { add_header X-Own own; }
                    location /merge/ { add_header_inherit merge; add_header X-Own own; location /merge/in/ { add_header X-In in; } }
                    location /off/ { add_header_inherit off; }
                    location /special/ {
                        add_header ETag "\\"new\\"";
                        add_header Last-Modified "Mon, 28 Sep 1970 06:00:00 GMT";
                        add_header Cache-Control a;
                        add_header Cache-Control b;
                        add_header X-Empty "";
                    }
                    location /none/ { add_header ETag ""; add_header Last-Modified ""; }
                    location /break/ { add_header X-Break $arg_none$uri; }
                    location /epoch/ { expires epoch; }
                    location /max/ { expires max; }
                    location /hour/ { expires 1h; add_header Cache-Control public; }
                    location /past/ { expires -1; }
                    location /modified/ { expires modified 10y; }
                    location /by/ { expires $arg_e; }
                    location /trailers/ { add_trailer X-Sum $uri; add_trailer X-None ""; }
                }
            }
            """;

    private static Frontdesk server() {
        Frontdesk.Builder builder = Frontdesk.file("html/f", "text");
        for (String name : CONFIG.split("location /")) {
            builder.file("html/" + name.substring(0, Math.max(0, name.indexOf("/ "))) + "/f", "text");
        }
        return builder.file("html/break/a\nb", "x").start(CONFIG);
    }

    @Test
    void addsTheFieldsOfTheNearestBlock() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/f");
            assertThat(answer.field("X-Server")).isEqualTo("/f");
            assertThat(answer.field("X-Http")).isEmpty();
            assertThat(server.get("/own/f").field("X-Server")).isEmpty();
            assertThat(server.get("/own/f").field("X-Own")).isEqualTo("own");
        }
    }

    @Test
    void mergesOrLeavesOutTheFieldsOfOuterBlocks() {
        try (Frontdesk server = server()) {
            Answer merged = server.get("/merge/in/f");
            assertThat(merged.field("X-In")).isEqualTo("in");
            assertThat(merged.field("X-Own")).isEqualTo("own");
            assertThat(merged.field("X-Server")).isEqualTo("/merge/in/f");
            assertThat(merged.field("X-Http")).isEmpty();
            assertThat(server.get("/off/f").field("X-Server")).isEmpty();
        }
    }

    @Test
    void addsToErrorsOnlyWithAlways() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/nothing");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.field("X-Always")).isEqualTo("a");
            assertThat(answer.field("X-Server")).isEmpty();
        }
    }

    @Test
    void replacesTagAndTime() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/special/f");
            assertThat(answer.fields("ETag")).containsExactly("\"new\"");
            assertThat(answer.fields("Last-Modified")).containsExactly("Mon, 28 Sep 1970 06:00:00 GMT");
            assertThat(answer.fields("Cache-Control")).containsExactly("a", "b");
            assertThat(answer.head()).doesNotContain("X-Empty");
            Answer none = server.get("/none/f");
            assertThat(none.head()).doesNotContain("ETag").doesNotContain("Last-Modified");
        }
    }

    @Test
    void dropsAValueThatWouldBreakTheHead() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/break/a%0Ab");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head()).doesNotContain("X-Break");
            assertThat(server.errorLog()).contains("the value of the field \"X-Break\" holds a line break");
        }
    }

    @Test
    void saysHowLongAResponseMayBeKept() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/epoch/f").field("Cache-Control")).isEqualTo("no-cache");
            assertThat(server.get("/epoch/f").field("Expires")).isEqualTo("Thu, 01 Jan 1970 00:00:01 GMT");
            assertThat(server.get("/max/f").field("Cache-Control")).isEqualTo("max-age=315360000");
            assertThat(server.get("/hour/f").fields("Cache-Control")).containsExactly("max-age=3600", "public");
            assertThat(server.get("/past/f").field("Cache-Control")).isEqualTo("no-cache");
            assertThat(server.get("/modified/f").field("Cache-Control")).startsWith("max-age=3153");
            assertThat(server.get("/epoch/nothing").field("Expires")).isEmpty();
        }
    }

    @Test
    void takesTheTimeFromAVariable() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/by/f?e=2048").field("Cache-Control")).isEqualTo("max-age=2048");
            assertThat(server.get("/by/f?e=max").field("Cache-Control")).isEqualTo("max-age=315360000");
            assertThat(server.get("/by/f?e=off").field("Expires")).isEmpty();
            assertThat(server.get("/by/f?e=bad").field("Expires")).isEmpty();
            assertThat(server.get("/by/f").field("Expires")).isEmpty();
        }
    }

    @Test
    void addsTrailersBehindChunks() {
        try (Frontdesk server = server(); RawClient client = server.connect()) {
            client.send("GET /trailers/f HTTP/1.1\r\nHost: a\r\n\r\nHEAD /trailers/f HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.awaitText("\r\n\r\n")).contains("Transfer-Encoding: chunked")
                    .doesNotContain("Content-Length");
            assertThat(client.awaitText("\r\n\r\n")).isEqualTo("4\r\ntext\r\n0\r\nX-Sum: /trailers/f\r\n\r\n");
            assertThat(client.awaitText("\r\n\r\n")).contains("Content-Length: 4").doesNotContain("chunked");
        }
    }

    @Test
    void sendsNoTrailersToAnOldClient() {
        try (Frontdesk server = server(); RawClient client = server.connect()) {
            client.send("GET /trailers/f HTTP/1.0\r\n\r\n");
            assertThat(client.awaitEnd()).endsWith("\r\n\r\ntext").contains("Content-Length: 4");
        }
    }

    @Test
    void refusesWrongArgumentsAtLoad() {
        assertThat(Frontdesk.refusal("http { add_header a b c; }")).contains("invalid parameter \"c\"");
        assertThat(Frontdesk.refusal("http { expires soon; }")).contains("\"expires\" directive invalid value");
        assertThat(Frontdesk.refusal("http { expires later 1h; }")).contains("\"expires\" directive invalid value");
    }
}
