package io.frontdesk.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import io.frontdesk.testkit.TestCertificate;
import org.junit.jupiter.api.Test;

class TlsUpstreamTest {
    private static final TestCertificate ROOT = TestCertificate.authority("root");
    private static final TestCertificate OWN = ROOT.issue("up.example");
    private static final TestCertificate CLIENT = ROOT.issue("front");

    private static final String UPSTREAM = """
                server {
                    listen 127.0.0.1:{{port.up}} ssl;
                    ssl_certificate own.crt;
                    ssl_certificate_key own.key;
                    ssl_verify_client optional;
                    ssl_client_certificate root.crt;
                    location / {
                        return 200 "$ssl_server_name|$ssl_client_s_dn|$ssl_protocol|$connection_requests|$ssl_session_reused";
                    }
                    location /big { root {{prefix}}; }
                    location /echo { proxy_pass http://127.0.0.1:{{port.echo}}; }
                }
                server { listen 127.0.0.1:{{port.echo}}; location / { return 200 "$content_length"; } }
            """;

    private static Frontdesk start(String location) {
        return Frontdesk.file("own.crt", OWN.pem()).file("own.key", OWN.keyPem()).file("root.crt", ROOT.pem())
                .file("client.crt", CLIENT.pem()).file("client.key", CLIENT.keyPem())
                .file("big", "0123456789abcdef".repeat(100_000)).start("http {\n" + UPSTREAM + """
                            server {
                                listen 127.0.0.1:{{port}};
                                location / {
                        """ + location + """
                                    proxy_pass https://127.0.0.1:{{port.up}};
                                }
                            }
                        }
                        """);
    }

    @Test
    void passesRequestsAndBodiesBothWays() {
        try (Frontdesk server = start("")) {
            assertThat(server.get("/").body()).startsWith("||TLSv1.3|1|");
            assertThat(server.get("/big").body()).isEqualTo("0123456789abcdef".repeat(100_000));
            try (RawClient client = server.connect()) {
                String body = "x".repeat(300_000);
                client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                assertThat(client.readAnswer().body()).isEqualTo("300000");
            }
        }
    }

    @Test
    void sendsNameAndCertificateAsTold() {
        try (Frontdesk server = start("""
                proxy_ssl_server_name on;
                proxy_ssl_name up.example;
                proxy_ssl_certificate client.crt;
                proxy_ssl_certificate_key client.key;
                proxy_ssl_protocols TLSv1.2;
                """)) {
            assertThat(server.get("/").body()).startsWith("up.example|CN=front|TLSv1.2|");
        }
    }

    @Test
    void keepsConnectionsAndSessions() {
        try (Frontdesk server = start("")) {
            assertThat(server.get("/").body()).endsWith("|1|.");
            assertThat(server.get("/").body()).endsWith("|1|r");
        }
        try (Frontdesk server = start("proxy_ssl_session_reuse off;")) {
            assertThat(server.get("/").body()).endsWith("|1|.");
            assertThat(server.get("/").body()).endsWith("|1|.");
        }
    }

    @Test
    void verifiesTheUpstreamWhereItIsTold() {
        try (Frontdesk server = start("""
                proxy_ssl_verify on;
                proxy_ssl_trusted_certificate root.crt;
                proxy_ssl_name up.example;
                """)) {
            assertThat(server.get("/").status()).isEqualTo(200);
        }
        try (Frontdesk server = start("""
                proxy_ssl_verify on;
                proxy_ssl_trusted_certificate root.crt;
                proxy_ssl_name other.example;
                """)) {
            assertThat(server.get("/").status()).isEqualTo(502);
            assertThat(server.errorLog()).contains("upstream SSL certificate does not match \"other.example\" "
                    + "while SSL handshaking to upstream, client: 127.0.0.1");
        }
        try (Frontdesk server = start("""
                proxy_ssl_verify on;
                proxy_ssl_trusted_certificate client.crt;
                proxy_ssl_name up.example;
                """)) {
            assertThat(server.get("/").status()).isEqualTo(502);
            assertThat(server.errorLog()).contains(
                    "upstream SSL certificate verify error: (21:unable to verify the first certificate)");
        }
    }

    /** CVE-2026-1642: what comes before TLS is there is no answer. */
    @Test
    void takesNothingThatComesInTheClear() {
        try (Origin origin = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", origin.authority()).start("""
                        http {
                            server {
                                listen 127.0.0.1:{{port}};
                                location / { proxy_pass https://{{origin}}; }
                            }
                        }
                        """);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            OriginConnection connection = origin.accept();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            assertThat(client.readAnswer().status()).isEqualTo(502);
            assertThat(server.errorLog()).contains("SSL_do_handshake() failed (SSL: ")
                    .contains("while SSL handshaking to upstream");
        }
    }

    @Test
    void asksAnotherServerWhenTlsFails() {
        try (Origin plain = Origin.scripted();
                Frontdesk server = Frontdesk.file("own.crt", OWN.pem()).file("own.key", OWN.keyPem())
                        .file("root.crt", ROOT.pem()).with("plain", plain.authority()).start("http {\n" + UPSTREAM + """
                                    upstream u { server {{plain}}; server 127.0.0.1:{{port.up}} backup; }
                                    server { listen 127.0.0.1:{{port}}; location / { proxy_pass https://u; } }
                                }
                                """);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            plain.accept().send("220 mail.example\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void timesOutWhereNothingAnswersTheHandshake() {
        try (Origin silent = Origin.scripted();
                Frontdesk server = Frontdesk.with("origin", silent.authority()).start("""
                        http {
                            server {
                                listen 127.0.0.1:{{port}};
                                location / { proxy_connect_timeout 200ms; proxy_pass https://{{origin}}; }
                            }
                        }
                        """)) {
            assertThat(server.get("/").status()).isEqualTo(504);
            assertThat(server.errorLog()).contains(
                    "upstream timed out (110: Connection timed out) while SSL handshaking to upstream");
        }
    }
}
