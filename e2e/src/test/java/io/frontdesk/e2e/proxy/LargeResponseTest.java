package io.frontdesk.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import org.junit.jupiter.api.Test;

/** Responses that are larger than what waits on the way to a client. */
class LargeResponseTest {
    private static final int TIMES = 40;

    @Test
    void passesLargeResponsesToTheirEnd() {
        String body = "0123456789abcdef".repeat(1 << 16);
        try (Origin origin = Origin.answering(body);
                Frontdesk server = Frontdesk.with("origin", origin.authority()).start("""
                        http {
                            proxy_temp_path {{prefix}}/temp;
                            server {
                                listen 127.0.0.1:{{port}};
                                location / { proxy_pass http://{{origin}}; }
                            }
                        }
                        """)) {
            for (int i = 0; i < TIMES; i++) {
                assertThat(server.get("/").body()).hasSize(body.length());
            }
        }
    }
}
