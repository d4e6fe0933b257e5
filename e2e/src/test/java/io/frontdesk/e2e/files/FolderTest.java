package io.frontdesk.e2e.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** What answers for a folder: index, random_index, autoindex; and try_files. */
class FolderTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    add_header X-URI $uri;
                    location /several/ { index none.html $arg_i.html second.html; }
                    location /absolute/ { index none.html /page.html; }
                    location /loop/ { index /loop/; }
                    location /list/ { autoindex on; }
                    location /json/ { autoindex on; autoindex_format json; }
                    location /jsonp/ { autoindex on; autoindex_format jsonp; }
                    location /any/ { random_index on; }
                    location /try/ { try_files $uri $uri/ /page.html?tried; }
                    location /code/ { try_files $uri =418; }
                    location /named/ { try_files $uri @last; }
                    location @last { add_header X-Named $uri; try_files /page.html =404; }
                    location /alias/ { alias {{prefix}}/html/sub/; try_files $uri =404; }
                    location ~ ^/regex/(.*)$ { alias {{prefix}}/html/sub/; try_files $1 =404; }
                }
            }
            """;

    private static Frontdesk server() {
        return Frontdesk.file("html/index.html", "index").file("html/page.html", "page")
                .file("html/several/second.html", "second").file("html/several/first.html", "first")
                .file("html/absolute/x", "").file("html/loop/x", "").file("html/no/x", "").file("html/list/.hidden", "")
                .file("html/list/b", "").file("html/list/a/x", "").file("html/json/f", "1").file("html/jsonp/f", "1")
                .file("html/any/one", "any").file("html/sub/file", "sub").file("html/try/d/index.html", "deep")
                .start(CONFIG);
    }

    @Test
    void leadsToTheFirstIndexThatIsThere() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/").body()).isEqualTo("index");
            assertThat(server.get("/several/").body()).isEqualTo("second");
            Answer first = server.get("/several/?i=first");
            assertThat(first.body()).isEqualTo("first");
            assertThat(first.field("X-URI")).isEqualTo("/several/first.html");
            assertThat(server.get("/absolute/").body()).isEqualTo("page");
        }
    }

    @Test
    void tellsAFolderWithoutIndexFromAMissingOne() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/no/").status()).isEqualTo(403);
            assertThat(server.get("/nowhere/").status()).isEqualTo(404);
            assertThat(server.request("PUT", "/no/").status()).isEqualTo(405);

            assertThat(server.errorLog())
                    .contains("directory index of \"" + server.prefix() + "/html/no/\" is forbidden")
                    .contains("/html/nowhere/index.html\" is not found (2: No such file or directory)");
        }
    }

    @Test
    void endsALoopOfIndexes() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/loop/").status()).isEqualTo(500);
            assertThat(server.errorLog()).contains("rewrite or internal redirection cycle");
        }
    }

    @Test
    void listsAFolder() {
        try (Frontdesk server = server()) {
            Answer list = server.get("/list/");
            assertThat(list.field("Content-Type")).isEqualTo("text/html");
            assertThat(list.body())
                    .containsSubsequence("<a href=\"../\">", "<a href=\"a/\">a/</a>", "<a href=\"b\">b</a>")
                    .doesNotContain("hidden");
            assertThat(server.request("POST", "/list/").status()).isEqualTo(403);
            assertThat(server.request("HEAD", "/list/").status()).isEqualTo(200);
            assertThat(server.get("/json/").body()).contains("\"name\":\"f\", \"type\":\"file\"");
            assertThat(server.get("/jsonp/?callback=a.b").body()).startsWith("/* callback */\r\na.b([")
                    .endsWith("]);");
            assertThat(server.get("/jsonp/?x&callback=alert(1)").status()).isEqualTo(400);
            assertThat(server.get("/jsonp/?callback=").field("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void leadsToAnyFile() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/any/").body()).isEqualTo("any");
        }
    }

    @Test
    void triesFilesThenFoldersThenTheLast() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/try/d/index.html").body()).isEqualTo("deep");
            assertThat(server.get("/try/d").status()).isEqualTo(301);
            assertThat(server.get("/try/no").body()).isEqualTo("page");
            assertThat(server.get("/code/no").status()).isEqualTo(418);
            Answer named = server.get("/named/no");
            assertThat(named.body()).isEqualTo("page");
            assertThat(named.field("X-Named")).isEqualTo("/page.html");
        }
    }

    @Test
    void triesFilesBelowAnAlias() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/alias/file").body()).isEqualTo("sub");
            assertThat(server.get("/regex/file").body()).isEqualTo("sub");
            assertThat(server.get("/alias/no").status()).isEqualTo(404);
        }
    }

    @Test
    void refusesWrongCodesAtLoad() {
        assertThat(Frontdesk.refusal("http { server { location / { try_files /x =1000; } } }"))
                .contains("invalid code \"=1000\"");
        assertThat(Frontdesk.refusal("http { server { location / { index \"\"; } } }"))
                .contains("index \"\" in \"index\" directive is invalid");
    }
}
