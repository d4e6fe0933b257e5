package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** "1xx storm": 103 passes where {@code early_hints} says so, everything else is dropped. */
class EarlyHintsTest {
    private static final String CONFIG = """
            http {
                map $http_sec_fetch_mode $hints { navigate 1; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        early_hints $hints;
                        proxy_pass http://{{origin}};
                    }
                }
            }
            """;
    private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nX-Internal: 1\r\n\r\n";

    private static String ask(RawClient client, Origin app, String field) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n");
        OriginConnection origin = app.accept();
        origin.readHead();
        origin.send("HTTP/1.1 102 Processing\r\n\r\n" + HINTS);
        origin.answer("done");
        return client.awaitText("done");
    }

    @Test
    void passesHintsToWhoAsksForThem() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(CONFIG);
                RawClient client = server.connect()) {
            String all = ask(client, app, "Sec-Fetch-Mode: navigate\r\n");

            assertThat(all).startsWith("HTTP/1.1 103 Early Hints\r\n").contains("Link: </a.css>; rel=preload\r\n")
                    .contains("HTTP/1.1 200 OK\r\n").doesNotContain(" 102 ");
        }
    }

    @Test
    void dropsHintsForOthers() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(CONFIG);
                RawClient client = server.connect()) {
            assertThat(ask(client, app, "")).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("103")
                    .doesNotContain("Link");
        }
    }

    @Test
    void sendsTheHintsBeforeTheAnswerIsThere() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nSec-Fetch-Mode: navigate\r\n\r\n");
            OriginConnection origin = app.accept();
            origin.readHead();
            origin.send(HINTS);
            client.awaitText("\r\n\r\n");
            origin.answer("later");
            assertThat(client.readAnswer().body()).isEqualTo("later");
        }
    }
}
