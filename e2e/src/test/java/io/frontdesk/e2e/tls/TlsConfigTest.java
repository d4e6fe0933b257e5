package io.frontdesk.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.TestCertificate;
import org.junit.jupiter.api.Test;

class TlsConfigTest {
    private static final TestCertificate A = TestCertificate.selfSigned("a.example");
    private static final TestCertificate B = TestCertificate.selfSigned("b.example");

    private static String refusal(String lines) {
        try (Frontdesk server = Frontdesk.file("a.crt", A.pem()).file("a.key", A.keyPem()).file("b.key", B.keyPem())
                .file("empty", "").start("http { server { listen 127.0.0.1:{{port}} ssl; " + lines + " } }")) {
            throw new AssertionError("it started: " + server);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static final String OWN = "ssl_certificate a.crt; ssl_certificate_key a.key; ";

    @Test
    void refusesWhatIsMissing() {
        assertThat(refusal(""))
                .contains("[emerg] no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive in ");
        assertThat(refusal("ssl_certificate a.crt;"))
                .contains("no \"ssl_certificate_key\" is defined for certificate \"");
        assertThat(refusal("ssl_certificate none.crt; ssl_certificate_key a.key;"))
                .contains("cannot load certificate \"").contains("none.crt\": BIO_new_file() failed (SSL: ");
        assertThat(refusal("ssl_certificate a.crt; ssl_certificate_key none.key;"))
                .contains("cannot load certificate key \"").contains("none.key\": BIO_new_file() failed (SSL: ");
        assertThat(refusal(OWN + "ssl_verify_client on;"))
                .contains("no ssl_client_certificate or ssl_trusted_certificate for ssl_verify_client");
        assertThat(refusal(OWN + "ssl_verify_client on; ssl_client_certificate none.crt;"))
                .contains("none.crt\": BIO_new_file() failed");
        assertThat(refusal(OWN + "ssl_crl none.crl;")).contains("cannot load CRL \"")
                .contains("none.crl\": BIO_new_file()");
        assertThat(refusal(OWN + "ssl_dhparam none.pem;")).contains("BIO_new_file(\"").contains("none.pem\") failed");
        assertThat(refusal(OWN + "ssl_password_file none;")).contains("open() \"").contains("none\" failed (2: ");
        assertThat(refusal(OWN + "ssl_session_ticket_key empty;")).contains("must be 48 or 80 bytes");
    }

    @Test
    void refusesWhatIsBroken() {
        assertThat(refusal("ssl_certificate empty; ssl_certificate_key a.key;"))
                .contains("empty\": PEM_read_bio_X509_AUX() failed (SSL: ");
        assertThat(refusal("ssl_certificate a.crt; ssl_certificate_key b.key;"))
                .contains("SSL_CTX_use_PrivateKey(\"").contains("key values mismatch");
        assertThat(refusal(OWN + "ssl_ciphers nonsense;")).contains("SSL_CTX_set_cipher_list(\"nonsense\") failed");
        assertThat(refusal(OWN + "ssl_ecdh_curve nonsense;")).contains("SSL_CTX_set1_curves_list(\"nonsense\") failed");
        assertThat(refusal(OWN + "ssl_session_cache shared:S:1k;"))
                .contains("session cache \"shared:S:1k\" is too small");
        assertThat(refusal(OWN + "ssl_session_cache nonsense;")).contains("invalid session cache \"nonsense\"");
        assertThat(refusal(OWN + "ssl_conf_command Nonsense 1;")).contains("SSL_CONF_cmd(\"Nonsense\", \"1\") failed");
        assertThat(refusal(OWN + "ssl_ocsp on;")).contains("\"ssl_ocsp\" is not supported yet");
        assertThat(refusal(OWN + "location / { proxy_ssl_verify on; proxy_pass https://127.0.0.1:1; }"))
                .contains("no proxy_ssl_trusted_certificate for proxy_ssl_verify");
        assertThat(refusal(OWN + "location / { proxy_ssl_certificate a.crt; proxy_pass https://127.0.0.1:1; }"))
                .contains("no \"proxy_ssl_certificate_key\" is defined for certificate \"a.crt\"");
    }
}
