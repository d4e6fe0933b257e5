package io.frontdesk.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** "no free ports": crit, the request fails, and the server is not to blame. */
class LocalPortsTest {
    @Test
    void doesNotBlameTheServerWhenThereIsNoPortLeft() throws IOException {
        // of an address that nobody connects from, so that no connection of another test has taken it in between
        String only;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.97.1"))) {
            only = "127.0.97.1:" + free.getLocalPort();
        }
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin).with("only", only).start("""
                        http {
                            upstream group {
                                server {{origin}} max_fails=1 fail_timeout=1h;
                                server {{origin}} max_fails=1 fail_timeout=1h;
                            }
                            server {
                                listen 127.0.0.1:{{port}};
                                location / {
                                    proxy_pass http://group;
                                    proxy_bind {{only}};
                                }
                                location /free { proxy_pass http://group; }
                            }
                        }
                        """).expects("bind(" + only + ") failed (98: Address already in use)");
                RawClient first = server.connect()) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection held = origin.accept();
            held.readHead();

            for (int i = 0; i < 3; i++) {
                assertThat(server.get("/").status()).isEqualTo(500);
            }

            assertThat(server.errorLog()).contains("[crit]").doesNotContain("no live upstreams");
            try (RawClient other = server.connect()) {
                other.send("GET /free HTTP/1.1\r\nHost: a\r\n\r\n");
                origin.accept().answer("fine");
                assertThat(other.readAnswer().body()).isEqualTo("fine");
            }
            held.answer("first");
            assertThat(first.readAnswer().body()).isEqualTo("first");
        }
    }
}
