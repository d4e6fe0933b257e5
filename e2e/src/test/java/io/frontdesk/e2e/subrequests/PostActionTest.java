package io.frontdesk.e2e.subrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** {@code post_action}: somebody else hears of a request when its answer is out. */
class PostActionTest {
    private static final String CONFIG = """
            http {
                access_log off;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        return 200 "seen";
                        post_action /told;
                    }
                    location = /plain { return 200 "plain"; }
                    location /told {
                        proxy_pass http://{{origin}};
                        proxy_set_header X-Of $request_uri;
                    }
                }
            }
            """;

    @Test
    void tellsAnotherLocationWhenTheAnswerIsOut() {
        try (Origin origin = Origin.answering("hidden");
                Frontdesk server = Frontdesk.with("origin", origin).start(CONFIG);
                RawClient client = server.connect()) {
            assertThat(client.send("GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer().body()).isEqualTo("seen");

            await().until(() -> !origin.requests().isEmpty());
            assertThat(origin.lastRequest().target()).isEqualTo("/told");
            assertThat(origin.lastRequest().field("X-Of")).isEqualTo("/a?b=c");
            // nothing of the other answer is on the connection
            assertThat(client.send("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer().body())
                    .isEqualTo("plain");
            assertThat(origin.requests()).hasSize(1);
        }
    }
}
