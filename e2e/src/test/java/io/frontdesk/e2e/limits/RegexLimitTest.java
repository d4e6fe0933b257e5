package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row: ReDoS in location/rewrite/map regex. An expression gives up after so many steps: 500 and a line, and no loop is held up. */
class RegexLimitTest {
    /** Fits none of the expressions, and each of them tries all ways to see that. */
    private static final String HOSTILE = "a".repeat(30_000) + "!";

    private static final String CONFIG = """
            worker_processes 1;
            http {
                large_client_header_buffers 4 64k;
                map $arg_v $mapped { default fine; "~^(a+)+$" bad; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "fine"; }
                    location /rewrite/ { rewrite ^/rewrite/(a+)+$ /bad; return 200 "fine"; }
                    location /if/ { if ($arg_v ~ ^(a+)+$) { return 200 "bad"; } return 200 "fine"; }
                    location /map/ { return 200 "$mapped"; }
                    location /referer/ {
                        valid_referers "~^b/(a+)+$";
                        if ($invalid_referer) { return 403; }
                        return 200 "fine";
                    }
                    location ~ ^/location/(a+)+$ { return 200 "bad"; }
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"/location/", "/rewrite/", "/if/?v=", "/map/?v=", "/referer/"})
    void givesUpWithALineAndGoesOn(String target) {
        try (Frontdesk server = Frontdesk.start(CONFIG).expects("match limit exceeded")) {
            boolean inField = target.equals("/referer/");
            var answer = inField
                    ? server.get(target, "Referer: http://b/" + HOSTILE)
                    : server.get(target + HOSTILE);
            String log = server.errorLog();

            // a referer that can't be told is none that is valid, and the line says what to do then
            assertThat(answer.status()).isEqualTo(inField ? 403 : 500);
            assertThat(answer.body()).doesNotContain("bad");
            assertThat(log).contains("match limit exceeded");
            assertThat(log).doesNotContain("is blocked for");
            assertThat(server.get("/").body()).isEqualTo("fine");
        }
    }

    @Test
    void aServerNameThatCannotBeTold() {
        try (Frontdesk server = Frontdesk.start("""
                worker_processes 1;
                http {
                    large_client_header_buffers 4 64k;
                    server { listen 127.0.0.1:{{port}}; server_name ~^(a+)+$; return 200 "bad"; }
                    server { listen 127.0.0.1:{{port}} default_server; return 200 "fine"; }
                }
                """).expects("match limit exceeded")) {
            var answer = server.get("/", "Host: " + "a".repeat(200) + ".b");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(server.errorLog()).doesNotContain("is blocked for");
            assertThat(server.get("/").body()).isEqualTo("fine");
        }
    }
}
