package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "EMFILE at accept": crit, accepting rests, idle connections go, running requests are unharmed, and it recovers by itself. */
class DescriptorLimitTest {
    private static final String CONFIG = """
            worker_rlimit_nofile 160;
            error_log logs/error.log info;
            http {
                access_log off;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "fine"; }
                    location /slow { proxy_pass http://127.0.0.1:%d; }
                }
            }
            """;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void harmsNoRunningRequestAndRecovers() {
        List<RawClient> crowd = new ArrayList<>();
        try (Origin origin = Origin.scripted();
                FrontdeskProcess server = FrontdeskProcess.start(CONFIG.formatted(origin.port()));
                RawClient idle = server.connect();
                RawClient running = server.connect()) {
            running.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection connection = origin.accept();
            connection.readHead();
            idle.send(GET).readAnswer();

            for (int i = 0; i < 200; i++) {
                // A head that has begun: none of these is idle.
                crowd.add(server.connect().send("GET / HTTP/1.1\r\n"));
            }
            server.await(() -> server.errorLog().contains("accept4() failed (24: Too many open files)"));
            assertThat(idle.awaitEnd()).isEmpty();
            connection.answer("slow");
            assertThat(running.readAnswer().body()).isEqualTo("slow");

            crowd.forEach(RawClient::close);
            crowd.clear();
            try (RawClient later = server.connect()) {
                assertThat(later.send(GET).readAnswer().body()).isEqualTo("fine");
            }
            assertThat(server.errorLog()).contains("[crit]").doesNotContain("[alert]").doesNotContain("[emerg]");
        } finally {
            crowd.forEach(RawClient::close);
        }
    }
}
