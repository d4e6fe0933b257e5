package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "OOM pressure": requests are refused while memory is short; a heap that is used up ends the process with a line. */
class MemoryPressureTest {
    private static final String CONFIG = """
            error_log logs/error.log info;
            http {
                access_log off;
                client_body_buffer_size 600k;
                large_client_header_buffers 64 64k;
                client_max_body_size 0;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "fine"; }
                    location /upload { proxy_pass http://127.0.0.1:9; }
                }
            }
            """;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void refusesRequestsWhileBuffersAreShortAndRecovers() {
        List<RawClient> crowd = new ArrayList<>();
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG, "-Xmx64m", "-XX:MaxDirectMemorySize=32m");
                RawClient idle = server.connect()) {
            assertThat(idle.send(GET).readAnswer().body()).isEqualTo("fine");
            for (int i = 0; i < 100 && !server.errorLog().contains("memory runs short"); i++) {
                RawClient client = server.connect();
                crowd.add(client);
                client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\n");
                client.sendTooMuch(new byte[500_000]);
            }
            server.await(() -> server.errorLog().contains("memory runs short"));

            assertThat(idle.awaitEnd()).isEmpty();
            try (RawClient refused = server.connect()) {
                Answer answer = refused.send(GET).readAnswer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(refused.awaitEnd()).isEmpty();
            }

            crowd.forEach(RawClient::close);
            server.await(() -> server.errorLog().contains("memory no longer runs short"));
            try (RawClient later = server.connect()) {
                assertThat(later.send(GET).readAnswer().body()).isEqualTo("fine");
            }
            assertThat(server.process().isAlive()).isTrue();
        } finally {
            crowd.forEach(RawClient::close);
        }
    }

    @Test
    void endsWithALineWhenTheHeapIsUsedUp() {
        List<RawClient> crowd = new ArrayList<>();
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG, "-Xmx20m")) {
            String head = "GET / HTTP/1.1\r\nHost: a\r\n" + ("X: " + "x".repeat(60_000) + "\r\n").repeat(16);
            for (int i = 0; i < 64 && server.process().isAlive(); i++) {
                try {
                    RawClient client = server.connect();
                    crowd.add(client);
                    client.send(head);
                } catch (java.io.UncheckedIOException e) {
                    // it ends
                }
            }

            assertThat(server.awaitExit()).isEqualTo(134);
            assertThat(server.errorLog()).contains("[emerg]").contains("out of memory, exiting: ");
        } finally {
            crowd.forEach(RawClient::close);
        }
    }
}
