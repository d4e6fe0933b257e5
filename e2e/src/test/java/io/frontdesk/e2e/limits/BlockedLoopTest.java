package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
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
}
