package io.frontdesk.e2e.filters;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** sub_filter: texts are replaced. */
class SubTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    sub_filter foo "[$uri]";
                    sub_filter_types text/plain;
                    location /many/ { sub_filter_once off; sub_filter_last_modified on; }
                    location /two/ { sub_filter foo one; sub_filter bar ""; }
                    location /named/ { sub_filter "$arg_name" it; sub_filter_once off; return 200 "a name and a Name"; }
                    location /up/ { sub_filter foo bar; proxy_pass http://{{origin}}; proxy_buffering off; }
                    location /any/ { sub_filter foo bar; sub_filter_types *; proxy_pass http://{{origin}}; }
                    location /other/ { default_type image/png; }
                }
            }
            """;

    private static Frontdesk.Builder files() {
        return Frontdesk.with("origin", "127.0.0.1:1").file("html/f.html", "a foo, a Foo")
                .file("html/many/f.html", "foofoo".repeat(50_000)).file("html/two/f.html", "foo bar foo bar")
                .file("html/other/f", "foo");
    }

    @Test
    void anyTypeIsAlsoNone() {
        try (Origin untyped = Origin.answering(r -> "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nfoo");
                Frontdesk server = Frontdesk.with("origin", untyped).start(CONFIG)) {
            assertThat(server.get("/any/f").body()).isEqualTo("bar");
            assertThat(server.get("/up/f").body()).isEqualTo("foo");
        }
    }

    @Test
    void replacesOnceUnlessToldOtherwise() {
        try (Frontdesk server = files().start(CONFIG)) {
            Answer answer = server.get("/f.html");
            assertThat(answer.body()).isEqualTo("a [/f.html], a Foo");
            assertThat(answer.field("Last-Modified")).isEmpty();
            assertThat(answer.field("ETag")).isEmpty();
            Answer many = server.get("/many/f.html");
            assertThat(many.body()).isEqualTo("[/many/f.html]".repeat(100_000));
            assertThat(many.field("Last-Modified")).isNotEmpty();
            assertThat(many.field("ETag")).startsWith("W/");
        }
    }

    @Test
    void replacesEachOfSeveralOnce() {
        try (Frontdesk server = files().start(CONFIG)) {
            assertThat(server.get("/two/f.html").body()).isEqualTo("one  foo bar");
        }
    }

    @Test
    void looksForWhatVariablesSay() {
        try (Frontdesk server = files().start(CONFIG)) {
            assertThat(server.get("/named/?name=NAME").body()).isEqualTo("a it and a it");
            assertThat(server.get("/named/").body()).isEqualTo("a name and a Name");
        }
    }

    @Test
    void leavesOtherTypesAlone() {
        try (Frontdesk server = files().start(CONFIG)) {
            Answer answer = server.get("/other/f");
            assertThat(answer.body()).isEqualTo("foo");
            assertThat(answer.field("Content-Length")).isEqualTo("3");
        }
    }

    @Test
    void holdsBackOnlyWhatMayBecomeAMatch() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = files().with("origin", origin.authority()).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET /up/ HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection up = origin.accept();
            up.readRequest();
            up.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nxyzfo");
            client.awaitText("3\r\nxyz\r\n");
            up.send("o fo");
            assertThat(client.awaitText("0\r\n\r\n")).contains("bar").contains("fo\r\n");
        }
    }

    @Test
    void refusesTheEmptyText() {
        assertThat(Frontdesk.refusal("http { sub_filter \"\" x; }")).contains("empty search pattern");
    }
}
