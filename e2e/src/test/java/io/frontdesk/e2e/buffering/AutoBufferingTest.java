package io.frontdesk.e2e.buffering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code proxy_buffering auto}: what is a stream waits at its source, all else on the disk. */
class AutoBufferingTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                proxy_temp_path {{prefix}}/temp;
                proxy_max_temp_file_size 8m;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://{{app}}; proxy_buffering auto; }
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/event-stream; charset=utf-8", "Content-Type: application/grpc+proto",
            "Content-Type: application/x-ndjson", "X-Accel-Buffering: no"})
    void passesAStreamAtOnceAndKeepsNothingOfItOnTheDisk(String field) {
        try (EndlessOrigin app = new EndlessOrigin(field);
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.awaitText("xxxx");
            long[] before = {-1};
            await().pollInterval(Duration.ofMillis(150)).until(() -> {
                long now = app.sent();
                boolean stands = now == before[0];
                before[0] = now;
                return stands;
            });
            assertThat(Files.exists(server.prefix().resolve("temp"))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/event-streams",
            "Content-Type: text/event-stream\r\nX-Accel-Buffering: yes"})
    void buffersAllElse(String fields) {
        try (EndlessOrigin app = new EndlessOrigin(fields.split("\r\n"));
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> server.errorLog().contains("is buffered to a temporary file"));
            client.awaitText("xxxx");
        }
    }
}
