package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** {@code limit_rate}: heads count as bodies do. */
class LimitRateTest {
    private static final String CONFIG = """
            http {
                log_format l "$uri $request_time $bytes_sent";
                access_log logs/access.log l;
                limit_rate 200;
                server {
                    listen 127.0.0.1:{{port}};
                    add_header X-Long %s;
                    location / { return 200 "text"; }
                    location /empty { return 204; }
                    location /free { limit_rate_after 10k; return 200 "text"; }
                    location /app { proxy_pass http://{{app}}; }
                }
            }
            """.formatted("x".repeat(300));

    @Test
    void holdsBackTheRestOfAHead() {
        try (Origin app = Origin
                .answering(r -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\napp\r\n0\r\n\r\n");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            for (String target : new String[]{"/", "/empty", "/free", "/app"}) {
                client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
                var answer = client.readAnswer();
                assertThat(answer.field("X-Long")).hasSize(300);
                assertThat(answer.body()).isEqualTo(
                        target.equals("/app") ? "app" : target.equals("/empty") ? "" : "text");
            }
            // rate * (whole seconds + 1): more than 400 bytes are not out before two seconds have passed
            await().untilAsserted(() -> assertThat(server.read("logs/access.log").lines()).hasSize(4)
                    .allMatch(line -> line.matches("/free 0\\.\\d+ \\d+|/\\w* [2-9]\\.\\d+ [45]\\d\\d")));
        }
    }

    @Test
    void letsGoOfAHeadWhoseClientLeaves() {
        try (Origin app = Origin.answering("app"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            for (String target : new String[]{"/", "/app"}) {
                try (RawClient client = server.connect()) {
                    client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
                    client.awaitText("HTTP/1.1 200");
                    client.reset();
                }
            }
            await().until(() -> server.read("logs/access.log").lines().count() == 2);
        }
    }
}
