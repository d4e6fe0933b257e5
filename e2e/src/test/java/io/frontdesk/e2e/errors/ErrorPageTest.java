package io.frontdesk.e2e.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** error_page. */
class ErrorPageTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    error_page 404 /404.html;
                    error_page 400 494 /bad.html;
                    location /plain/ { error_page 404 =200 /404.html; }
                    location /own/ { error_page 404 = /teapot; }
                    location /teapot { return 418 "short and stout"; }
                    location /named/ { error_page 404 405 = @named; }
                    location @named { return 200 "$request_method $uri"; }
                    location /away/ { error_page 404 http://example.com/; }
                    location /moved/ { error_page 404 =301 http://example.com/$uri; }
                    location /args/ { error_page 404 /print?a=$arg_a; }
                    location /print { return 200 "$args"; }
                    location /inner/ { error_page 404 /inner/no.html; }
                    location /twice/ { recursive_error_pages on; error_page 404 /once; }
                    location /once { recursive_error_pages on; error_page 403 /404.html; return 403; }
                    location /loop/ { recursive_error_pages on; error_page 404 /loop/no; }
                    location = /bad.html { internal; }
                    location = /internal { internal; return 200 "seen"; }
                    location /to-internal { error_page 404 =200 /internal; }
                    location /refresh { msie_refresh on; return 301 "/x y\\""; }
                }
            }
            """;

    private static Frontdesk server() {
        return Frontdesk.file("html/404.html", "my 404").file("html/bad.html", "my 400").start(CONFIG);
    }

    @Test
    void answersWithThePageAndItsStatus() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/no");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("my 404");
            assertThat(server.get("/plain/no").status()).isEqualTo(200);
            Answer own = server.get("/own/no");
            assertThat(own.status()).isEqualTo(418);
            assertThat(own.body()).isEqualTo("short and stout");
            assertThat(server.request("HEAD", "/no").status()).isEqualTo(404);
            assertThat(server.request("POST", "/no", "Content-Length: 0").body()).isEqualTo("my 404");
        }
    }

    @Test
    void goesOnInANamedLocationWithMethodAndUri() {
        try (Frontdesk server = server()) {
            assertThat(server.request("DELETE", "/named/x").body()).contains("DELETE /named/x");
        }
    }

    @Test
    void redirects() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/away/no").status()).isEqualTo(302);
            assertThat(server.get("/away/no").field("Location")).isEqualTo("http://example.com/");
            assertThat(server.get("/moved/no").status()).isEqualTo(301);
            assertThat(server.get("/moved/no").field("Location")).isEqualTo("http://example.com//moved/no");
            assertThat(server.get("/args/no?a=1").body()).isEqualTo("a=1");
        }
    }

    @Test
    void makesNoPageForTheErrorOfAPageUnlessToldTo() {
        try (Frontdesk server = server()) {
            Answer inner = server.get("/inner/x");
            assertThat(inner.status()).isEqualTo(404);
            assertThat(inner.body()).contains("<h1>404 Not Found</h1>");
            Answer twice = server.get("/twice/x");
            assertThat(twice.status()).isEqualTo(403);
            assertThat(twice.body()).isEqualTo("my 404");
            assertThat(server.get("/loop/x").status()).isIn(404, 500);
        }
    }

    @Test
    void leadsToInternalLocations() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/internal").status()).isEqualTo(404);
            assertThat(server.get("/to-internal").body()).isEqualTo("seen");
        }
    }

    @Test
    void makesPagesForRefusedRequests() {
        try (Frontdesk server = server(); var client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("my 400");
        }
    }

    @Test
    void makesARefreshForOldBrowsers() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/refresh", "User-Agent: MSIE 6.0");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("Location")).isEmpty();
            assertThat(answer.body()).contains("URL=http://localhost:" + server.port() + "/x%20y%22\"");
            assertThat(server.get("/refresh").status()).isEqualTo(301);
        }
    }
}
