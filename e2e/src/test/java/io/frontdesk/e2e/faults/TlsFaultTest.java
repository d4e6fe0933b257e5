package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.TestCertificate;
import org.junit.jupiter.api.Test;

/** Row: TLS handshake fails / name mismatch / expired (proxy_ssl_verify on). 502, the next server is asked, and it counts. */
class TlsFaultTest {
    private static final TestCertificate ROOT = TestCertificate.authority("root");
    private static final TestCertificate STRANGER = TestCertificate.authority("stranger");
    private static final TestCertificate GOOD = ROOT.issue("up.example");

    private static final String CONFIG = """
            http {
                proxy_ssl_verify on;
                proxy_ssl_trusted_certificate root.crt;
                proxy_ssl_name up.example;
                server {
                    listen 127.0.0.1:{{port.good}} ssl;
                    ssl_certificate good.crt;
                    ssl_certificate_key good.key;
                    return 200 "good";
                }
                server {
                    listen 127.0.0.1:{{port.bad}} ssl;
                    ssl_certificate bad.crt;
                    ssl_certificate_key bad.key;
                    {{directives}}
                    return 200 "bad";
                }
                upstream pool {
                    server 127.0.0.1:{{port.bad}} fail_timeout=1h;
                    server 127.0.0.1:{{port.good}};
                }
                server {
                    listen 127.0.0.1:{{port}};
                    add_header X-Status $upstream_status always;
                    location / { proxy_pass https://127.0.0.1:{{port.bad}}; }
                    location /pool { proxy_pass https://pool; }
                    location /unverified { proxy_pass https://127.0.0.1:{{port.bad}}; proxy_ssl_verify off; }
                }
            }
            """;

    private static void fails(TestCertificate bad, String directives, String logLine) {
        try (Frontdesk server = Frontdesk.file("root.crt", ROOT.pem()).file("good.crt", GOOD.pem())
                .file("good.key", GOOD.keyPem()).file("bad.crt", bad.pem()).file("bad.key", bad.keyPem())
                .with("directives", directives).start(CONFIG)) {
            Answer alone = server.get("/a");
            assertThat(alone.status()).isEqualTo(502);
            assertThat(alone.field("X-Status")).isEqualTo("502");
            assertThat(server.errorLog().lines()
                    .filter(line -> line.contains("[error]") && line.contains(logLine))).singleElement().asString()
                    .contains(" while SSL handshaking to upstream, client: 127.0.0.1, server: , request: "
                            + "\"GET /a HTTP/1.1\", upstream: \"https://127.0.0.1:" + server.port("bad")
                            + "/a\", host: \"localhost\"");
            Answer next = server.request("POST", "/pool");
            assertThat(next.body()).isEqualTo("good");
            assertThat(next.field("X-Status")).isEqualTo("502, 200");
            assertThat(server.get("/pool").field("X-Status")).isEqualTo("200");
            assertThat(server.get("/pool").field("X-Status")).isEqualTo("200");
        }
    }

    @Test
    void handshakeThatFailsIsA502AndGoesToTheNextAndIsCounted() {
        fails(GOOD, "ssl_reject_handshake on;", "SSL_do_handshake() failed (SSL: ");
    }

    @Test
    void nameMismatchIsA502AndGoesToTheNextAndIsCounted() {
        fails(ROOT.issue("other.example"), "", "upstream SSL certificate does not match \"up.example\"");
    }

    @Test
    void expiredCertificateIsA502AndGoesToTheNextAndIsCounted() {
        fails(ROOT.issueExpired("up.example"), "",
                "upstream SSL certificate verify error: (10:certificate has expired)");
    }

    @Test
    void certificateOfAStrangerIsA502AndGoesToTheNextAndIsCounted() {
        fails(STRANGER.issue("up.example"), "",
                "upstream SSL certificate verify error: (21:unable to verify the first certificate)");
    }

    @Test
    void nobodyLooksAtACertificateThatIsNotVerified() {
        TestCertificate expired = ROOT.issueExpired("other.example");
        try (Frontdesk server = Frontdesk.file("root.crt", ROOT.pem()).file("good.crt", GOOD.pem())
                .file("good.key", GOOD.keyPem()).file("bad.crt", expired.pem()).file("bad.key", expired.keyPem())
                .with("directives", "").start(CONFIG)) {
            assertThat(server.get("/unverified").body()).isEqualTo("bad");
        }
    }
}
