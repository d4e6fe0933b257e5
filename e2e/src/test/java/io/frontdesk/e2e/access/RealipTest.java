package io.frontdesk.e2e.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** set_real_ip_from, real_ip_header and real_ip_recursive. */
class RealipTest {
    @Test
    void believesATrustedProxyOnly() {
        try (Frontdesk server = Frontdesk.start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        set_real_ip_from 127.0.0.1;
                        return 200 "$remote_addr $realip_remote_addr";
                    }
                    server {
                        listen 127.0.0.1:{{port.other}};
                        set_real_ip_from 10.0.0.0/8;
                        set_real_ip_from unix:;
                        return 200 $remote_addr;
                    }
                }
                """);
                RawClient other = RawClient.connect(server.port("other"))) {
            assertThat(server.get("/", "X-Real-IP: 192.0.2.1").body()).isEqualTo("192.0.2.1 127.0.0.1");
            assertThat(server.get("/", "X-Real-IP: 2001:DB8::1").body()).isEqualTo("2001:db8::1 127.0.0.1");
            assertThat(server.get("/", "X-Real-IP: nobody").body()).isEqualTo("127.0.0.1 127.0.0.1");
            assertThat(server.get("/").body()).isEqualTo("127.0.0.1 127.0.0.1");
            other.send("GET / HTTP/1.1\r\nHost: a\r\nX-Real-IP: 192.0.2.1\r\n\r\n");
            assertThat(other.readAnswer().body()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void takesTheLastEntryOrTheLastThatIsNotTrusted() {
        try (Frontdesk server = Frontdesk
                .start("""
                        http {
                            set_real_ip_from 127.0.0.1/32;
                            set_real_ip_from 10.0.1.0/24;
                            server {
                                listen 127.0.0.1:{{port}};
                                location /last { real_ip_header X-Forwarded-For; add_header X-IP $remote_addr:$remote_port always; }
                                location /all { real_ip_header X-Forwarded-For; real_ip_recursive on; add_header X-IP $remote_addr always; }
                            }
                        }
                        """)) {
            assertThat(server.get("/last", "X-Forwarded-For: 10.0.0.1, 192.0.2.1:123").field("X-IP"))
                    .isEqualTo("192.0.2.1:123");
            assertThat(server.get("/last", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.0.1.9, 10.0.1.1")
                    .field("X-IP")).startsWith("10.0.1.1:");
            assertThat(server.get("/all", "X-Forwarded-For: 192.0.2.7, 192.0.2.1, 10.0.1.1").field("X-IP"))
                    .isEqualTo("192.0.2.1");
            assertThat(server.get("/all", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 127.0.0.1, 10.0.1.1")
                    .field("X-IP")).isEqualTo("192.0.2.1");
            assertThat(server.get("/all", "X-Forwarded-For: 192.0.2.1, unknown, 10.0.1.1").field("X-IP"))
                    .isEqualTo("10.0.1.1");
        }
    }

    @Test
    void holdsForOneRequestAndForItsLimitsAndRules() {
        try (Frontdesk server = Frontdesk.start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        location / {
                            set_real_ip_from 127.0.0.1;
                            real_ip_header X-Client;
                            deny 192.0.2.1;
                            add_header X-IP $remote_addr always;
                        }
                    }
                }
                """);
                RawClient client = RawClient.connect(server.port())) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\nX-Client: 192.0.2.1\r\n\r\n");
            assertThat(client.readAnswer()).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.field("X-IP")).isEqualTo("192.0.2.1");
            });
            client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().field("X-IP")).isEqualTo("127.0.0.1");
            assertThat(server.errorLog()).contains("client: 192.0.2.1");
        }
    }

    @Test
    void refusesANameThatNobodyKnows() {
        assertThat(Frontdesk.refusal("http { set_real_ip_from \"\"; }"))
                .contains("host not found in set_real_ip_from");
        assertThat(Frontdesk.refusal("http { real_ip_header A; real_ip_header B; }")).contains("is duplicate");
    }
}
