package io.frontdesk.e2e.chapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginRequest;
import org.junit.jupiter.api.Test;

/** The simplest reverse proxy, and the headers that an application needs. */
class SimpleProxyTest {
    @Test
    void forwardsEveryRequestToTheBackend() {
        try (Origin app = Origin.telling(request -> "app saw " + request.target());
                Frontdesk server = Frontdesk.with("app", app).start("""
                        http {
                        server {
                        listen 127.0.0.1:{{port}};
                        server_name example.com;
                        location / {
                        proxy_pass http://{{app}};
                        }
                        }
                        }
                        """)) {
            Answer answer = server.get("/any/path?x=1", "Host: example.com");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("app saw /any/path?x=1");
            assertThat(app.lastRequest().field("Host")).isEqualTo(app.authority());
        }
    }

    @Test
    void tellsTheBackendWhoAskedForWhat() {
        try (Origin app = Origin.answering("ok"); Frontdesk server = Frontdesk.with("app", app).start("""
                http {
                server {
                listen 127.0.0.1:{{port}};
                server_name example.com;
                location / {
                proxy_pass http://{{app}};
                proxy_set_header Host $host;
                proxy_set_header X-Real-IP $remote_addr;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Host $host;
                proxy_set_header X-Forwarded-Port $server_port;
                }
                }
                }
                """)) {
            server.get("/", "Host: Example.com", "X-Forwarded-For: 203.0.113.7", "X-Real-IP: 1.2.3.4");

            OriginRequest seen = app.lastRequest();
            assertThat(seen.fields("Host")).containsExactly("example.com");
            assertThat(seen.fields("X-Real-IP")).containsExactly("127.0.0.1");
            assertThat(seen.fields("X-Forwarded-For")).containsExactly("203.0.113.7, 127.0.0.1");
            assertThat(seen.fields("X-Forwarded-Proto")).containsExactly("http");
            assertThat(seen.fields("X-Forwarded-Host")).containsExactly("example.com");
            assertThat(seen.fields("X-Forwarded-Port")).containsExactly(String.valueOf(server.port()));
        }
    }
}
