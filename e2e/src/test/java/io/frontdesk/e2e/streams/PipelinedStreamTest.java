package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** A request whose body passes as it comes, behind another one on the same connection. */
class PipelinedStreamTest {
    private static final String CONFIG = """
            http {
                upstream pool { server {{app}}; keepalive 4; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "first"; }
                    location /stream {
                        proxy_pass http://pool;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_request_buffering off;
                    }
                }
            }
            """;
    private static final String POST = "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello";

    @Test
    void goesOutAsSoonAsTheAnswerBeforeIsOut() {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send(POST + "again");
            try (OriginConnection kept = app.accept()) {
                assertThat(kept.readRequest().body()).isEqualTo("helloagain");
                kept.answer("one");
                assertThat(client.readAnswer().body()).isEqualTo("one");

                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + POST);

                assertThat(client.readAnswer().body()).isEqualTo("first");
                assertThat(kept.readHead().target()).isEqualTo("/stream");
                client.send("again");
                kept.raw().awaitText("again");
                kept.answer("two");
                assertThat(client.readAnswer().body()).isEqualTo("two");
            }
        }
    }
}
