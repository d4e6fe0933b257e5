package io.frontdesk.e2e.chapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import org.junit.jupiter.api.Test;

/** One request id in the application, in its log and in ours. */
class RequestIdTest {
    private static final String CONFIG = """
            http {
            map $http_x_request_id $req_id {
            default $request_id; # nginx-generated UUID
            ~. $http_x_request_id; # use the one from the client if present
            }
            log_format main '$remote_addr "$request" $status [$req_id] $upstream_response_time';
            access_log logs/access.log main;
            upstream app_backend { server {{app}}; }
            server {
            listen 127.0.0.1:{{port}};
            location / {
            proxy_pass http://app_backend;
            proxy_set_header X-Request-ID $req_id;
            add_header X-Request-ID $req_id always;
            }
            }
            }
            """;

    @Test
    void makesAnIdThatAllShare() {
        try (Origin app = Origin.answering("ok"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            Answer answer = server.get("/");

            String id = answer.field("X-Request-ID");
            assertThat(id).matches("[0-9a-f]{32}");
            assertThat(app.lastRequest().field("X-Request-ID")).isEqualTo(id);
            await().untilAsserted(() -> assertThat(server.read("logs/access.log"))
                    .matches("127\\.0\\.0\\.1 \"GET / HTTP/1\\.1\" 200 \\[" + id + "] \\d+\\.\\d{3}\n"));
        }
    }

    @Test
    void keepsTheIdThatTheClientSent() {
        try (Origin app = Origin.answering("ok"); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            Answer answer = server.get("/", "X-Request-ID: from-the-client");

            assertThat(answer.field("X-Request-ID")).isEqualTo("from-the-client");
            assertThat(app.lastRequest().field("X-Request-ID")).isEqualTo("from-the-client");
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).contains("[from-the-client]"));
        }
    }
}
