package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** "many idle connections": at worker_connections the ones that are idle for longest make room. */
class ConnectionLimitTest {
    private static final String CONFIG = """
            events { worker_connections 3; }
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "fine"; }
                    location /slow { proxy_pass http://{{origin}}; }
                }
            }
            """;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void closesTheOldestIdleConnectionFirst() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin).start(CONFIG);
                RawClient running = server.connect();
                RawClient older = server.connect();
                RawClient newer = server.connect()) {
            running.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            try (OriginConnection connection = origin.accept()) {
                connection.readHead();
                older.send(GET).readAnswer();
                newer.send(GET).readAnswer();

                try (RawClient fourth = server.connect()) {
                    assertThat(fourth.send(GET).readAnswer().body()).isEqualTo("fine");
                    assertThat(older.awaitEnd()).isEmpty();
                    assertThat(newer.send(GET).readAnswer().body()).isEqualTo("fine");
                }
                connection.answer("slow");
                assertThat(running.readAnswer().body()).isEqualTo("slow");
                assertThat(server.errorLog()).contains("3 worker_connections are not enough, reusing connections");
            }
        }
    }

    @Test
    void refusesAnotherConnectionWhenRequestsRunOnAll() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin).start(CONFIG)
                        .expects("3 worker_connections are not enough");
                RawClient first = server.connect();
                RawClient second = server.connect();
                RawClient third = server.connect()) {
            for (RawClient client : new RawClient[]{first, second, third}) {
                client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
                origin.accept().readHead();
            }

            try (RawClient fourth = server.connect()) {
                assertThat(fourth.awaitEnd()).isEmpty();
            }
            assertThat(server.errorLog()).contains("[alert]").contains("3 worker_connections are not enough");
        }
    }
}
