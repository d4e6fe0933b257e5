package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** "body left on the connection after early answer": drained within limits, or closed. */
class EarlyAnswerTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    lingering_time %s;
                    return 200 "early";
                }
            }
            """;
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void closesTheConnectionOfAClientThatSendsForEver() {
        try (Frontdesk server = Frontdesk.start(CONFIG.formatted("50ms")); RawClient client = server.connect()) {
            client.send(POST);
            assertThat(client.readAnswer().body()).isEqualTo("early");

            long end = System.nanoTime() + RawClient.DEADLINE.toNanos();
            boolean closed = false;
            while (!closed && System.nanoTime() < end) {
                try {
                    client.send("5\r\nhello\r\n");
                } catch (UncheckedIOException e) {
                    closed = true;
                }
            }
            assertThat(closed).isTrue();
        }
    }

    @Test
    void answersTheNextRequestWhenTheBodyEndsInTime() {
        try (Frontdesk server = Frontdesk.start(CONFIG.formatted("30s")); RawClient client = server.connect()) {
            client.send(POST);
            assertThat(client.readAnswer().body()).isEqualTo("early");

            client.send("5\r\nhello\r\n0\r\n\r\n" + POST + "0\r\n\r\n");

            assertThat(client.readAnswer().body()).isEqualTo("early");
        }
    }
}
