package io.frontdesk.e2e.chapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import org.junit.jupiter.api.Test;

/** The trailing slash of proxy_pass. */
class PathRewritingTest {
    @Test
    void stripsThePrefixWithASlash() {
        try (Origin app = Origin.telling(request -> request.target());
                Frontdesk server = Frontdesk.with("app", app).start("""
                        http {
                        upstream app_backend { server {{app}}; }
                        server {
                        listen 127.0.0.1:{{port}};
                        location /api/ {
                        proxy_pass http://app_backend/; # note the trailing slash
                        }
                        }
                        }
                        """)) {
            assertThat(server.get("/api/users").body()).isEqualTo("/users");
            assertThat(server.get("/api/users?page=2").body()).isEqualTo("/users?page=2");
            assertThat(server.get("/api").status()).isEqualTo(301);
        }
    }

    @Test
    void keepsThePathWithoutASlash() {
        try (Origin app = Origin.telling(request -> request.target());
                Frontdesk server = Frontdesk.with("app", app).start("""
                        http {
                        upstream app_backend { server {{app}}; }
                        server {
                        listen 127.0.0.1:{{port}};
                        location /api/ {
                        proxy_pass http://app_backend; # no trailing slash
                        }
                        }
                        }
                        """)) {
            assertThat(server.get("/api/users").body()).isEqualTo("/api/users");
            assertThat(server.get("/api/a%2Fb/../c").body()).isEqualTo("/api/a%2Fb/../c");
        }
    }
}
