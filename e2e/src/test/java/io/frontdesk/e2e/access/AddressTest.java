package io.frontdesk.e2e.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** allow and deny. */
class AddressTest {
    @Test
    void theFirstRuleThatFitsDecides() {
        try (Frontdesk server = Frontdesk.start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        deny all;
                        location / { return 200; }
                        location /in { allow 127.0.0.0/8; deny all; root {{prefix}}; }
                        location /out { allow 127.0.0.2; deny 127.0.0.1; allow all; root {{prefix}}; }
                        location /six { allow ::1; deny unix:; root {{prefix}}; }
                        location /inherited { root {{prefix}}; }
                        location /except { allow all; root {{prefix}}; limit_except GET { deny all; } }
                    }
                }
                """)) {
            assertThat(server.get("/in").status()).isEqualTo(404);
            assertThat(server.get("/out").status()).isEqualTo(403);
            assertThat(server.get("/six").status()).isEqualTo(404);
            assertThat(server.get("/inherited").status()).isEqualTo(403);
            assertThat(server.get("/except").status()).isEqualTo(404);
            assertThat(server.request("HEAD", "/except").status()).isEqualTo(404);
            assertThat(server.request("DELETE", "/except").status()).isEqualTo(403);
            assertThat(server.errorLog()).contains("access forbidden by rule");
        }
    }

    @Test
    void refusesWrongAddressesAtLoad() {
        assertThat(Frontdesk.refusal("http { allow 1.2.3; }")).contains("invalid parameter \"1.2.3\"");
        assertThat(Frontdesk.refusal("http { deny ::/129; }")).contains("invalid parameter \"::/129\"");
    }
}
