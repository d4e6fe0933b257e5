package io.frontdesk.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import io.frontdesk.testkit.TestCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientCertificateTest {
    private static final TestCertificate ROOT = TestCertificate.authority("root");
    private static final TestCertificate GOOD = ROOT.issue("good");
    private static final TestCertificate EXPIRED = ROOT.issueExpired("late");
    private static final TestCertificate STRANGER = TestCertificate.selfSigned("stranger");
    private static final TestCertificate OWN = TestCertificate.selfSigned("server");

    private Frontdesk server;

    @BeforeEach
    void start() {
        server = Frontdesk.file("own.crt", OWN.pem()).file("own.key", OWN.keyPem()).file("root.crt", ROOT.pem())
                .start("""
                        http {
                            ssl_certificate own.crt;
                            ssl_certificate_key own.key;
                            ssl_client_certificate root.crt;
                            server { listen 127.0.0.1:{{port.on}} ssl; ssl_verify_client on;
                                return 200 "$ssl_client_verify|$ssl_client_s_dn|$ssl_client_i_dn"; }
                            server { listen 127.0.0.1:{{port.optional}} ssl; ssl_verify_client optional;
                                return 200 $ssl_client_verify; }
                            server { listen 127.0.0.1:{{port.any}} ssl; ssl_verify_client optional_no_ca;
                                return 200 $ssl_client_verify; }
                        }
                        """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer ask(String port, @Nullable TestCertificate shown, String protocol) {
        try (RawClient client = RawClient.connectTls(server.port(port), TestCertificate.client(shown), null,
                protocol)) {
            return client.send("GET / HTTP/1.0\r\n\r\n").readAnswer();
        }
    }

    @Test
    void letsAGoodOneIn() {
        for (String protocol : new String[]{"TLSv1.2", "TLSv1.3"}) {
            assertThat(ask("on", GOOD, protocol).body()).isEqualTo("SUCCESS|CN=good|CN=root");
            assertThat(ask("optional", GOOD, protocol).body()).isEqualTo("SUCCESS");
        }
    }

    @Test
    void needsOneOnlyWhereItIsOn() {
        assertThat(ask("on", null, "TLSv1.3").body()).contains("No required SSL certificate was sent");
        assertThat(ask("on", null, "TLSv1.3").status()).isEqualTo(400);
        assertThat(ask("optional", null, "TLSv1.3").body()).isEqualTo("NONE");
    }

    @Test
    void refusesABadOneAndSaysWhy() {
        Answer answer = ask("on", EXPIRED, "TLSv1.3");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("The SSL certificate error");
        assertThat(server.errorLog()).contains("client SSL certificate verify error: (10:certificate has expired)");
        assertThat(ask("optional", STRANGER, "TLSv1.2").status()).isEqualTo(400);
        assertThat(server.errorLog()).contains("client SSL certificate verify error: (18:self-signed certificate)");
    }

    @Test
    void letsAStrangerInWhereNoAuthorityIsNeededButNoExpiredOne() {
        assertThat(ask("any", STRANGER, "TLSv1.3").body()).isEqualTo("FAILED:self-signed certificate");
        assertThat(ask("any", EXPIRED, "TLSv1.3").status()).isEqualTo(400);
    }

    @Test
    void judgesTheCertificateOfASessionThatIsTakenUpAgain() {
        var context = TestCertificate.client(GOOD);
        for (int i = 0; i < 2; i++) {
            try (RawClient client = RawClient.connectTls(server.port("on"), context, null, "TLSv1.3")) {
                assertThat(client.send("GET / HTTP/1.0\r\n\r\n").readAnswer().body()).startsWith("SUCCESS|CN=good");
            }
        }
    }
}
