package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** "event loop blocked": the watchdog says where. */
class BlockedLoopTest {
    @Test
    void logsTheStackOfALoopThatIsBlocked() {
        FaultModule fault = new FaultModule();
        try (Frontdesk server = Frontdesk.module(fault).start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { fault block; }
                    }
                }
                """); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            await().untilAsserted(() -> assertThat(server.errorLog()).contains("[warn]")
                    .containsPattern("event loop 0 is blocked for \\d+ ms at .*FaultModule"));
            fault.release();

            assertThat(client.readAnswer().status()).isEqualTo(204);
            assertThat(server.errorLog().lines()
                    .filter(line -> line.contains("is blocked for") && line.contains("FaultModule"))).hasSize(1);
        }
    }

    @Test
    void seesALoopThatIsBlockedByWhatADeadlineSetOff() {
        FaultModule fault = new FaultModule();
        try (Frontdesk server = Frontdesk.module(fault).start("""
                http {
                    limit_req_zone all zone=all:1m rate=2r/s;
                    server {
                        listen 127.0.0.1:{{port}};
                        limit_req zone=all burst=5;
                        location / { fault block; }
                        location = /first {}
                    }
                }
                """); RawClient client = server.connect()) {
            assertThat(server.get("/first").status()).isEqualTo(404);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            try {
                await().untilAsserted(() -> assertThat(server.errorLog())
                        .containsPattern("event loop 0 is blocked for \\d+ ms at .*FaultModule"));
            } finally {
                fault.release();
            }

            assertThat(client.readAnswer().status()).isEqualTo(204);
        }
    }

    @Test
    void replacesALoopThatIsBlockedForTenSeconds() {
        FaultModule fault = new FaultModule();
        try (Frontdesk server = Frontdesk.module(fault).start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { fault block; }
                        location = /fine { return 200 "fine"; }
                    }
                }
                """).expects("is blocked for more than 10 s");
                RawClient blocked = server.connect();
                RawClient waiting = server.connect()) {
            blocked.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            waiting.send("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(
                    () -> assertThat(server.errorLog()).contains("event loop 0 is blocked for more than 10 s"));
            assertThat(server.get("/fine").body()).isEqualTo("fine");
            assertThat(server.reload("""
                    http {
                        server { listen 127.0.0.1:{{port}}; return 200 "new"; }
                    }
                    """)).isTrue();
            assertThat(server.get("/").body()).isEqualTo("new");

            fault.release();

            blocked.awaitEnd();
            waiting.awaitEnd();
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("event loop 0 has come back"));
            assertThat(server.errorLog().lines().filter(line -> line.contains("[alert]"))).hasSize(1);
            assertThat(server.get("/").body()).isEqualTo("new");
        }
    }
}
