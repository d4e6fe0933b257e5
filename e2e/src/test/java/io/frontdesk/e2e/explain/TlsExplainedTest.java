package io.frontdesk.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.explain.ExplainCommand;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explain says of TLS: whose certificate is shown, what plain requests get, and what a certificate of the client decides. */
@ControlPlane("the thread of a test; writes files")
class TlsExplainedTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writes() throws IOException {
        TestCertificate certificate = TestCertificate.selfSigned("a.test");
        Files.writeString(folder.resolve("c.pem"), certificate.pem());
        Files.writeString(folder.resolve("k.pem"), certificate.keyPem());
        Files.writeString(folder.resolve("nginx.conf"), """
                events {}
                http {
                    ssl_certificate c.pem;
                    ssl_certificate_key k.pem;
                    server { listen 127.0.0.1:8443 ssl; server_name first.test; return 200; }
                    server {
                        listen 127.0.0.1:8443 ssl;
                        server_name asks.test;
                        ssl_verify_client on;
                        ssl_client_certificate c.pem;
                        return 200;
                    }
                    server {
                        listen 127.0.0.1:8443 ssl;
                        server_name plain.test;
                        error_page 497 =301 https://$host$request_uri;
                        return 200;
                    }
                    server { listen 127.0.0.1:8080; return 200; }
                }
                """);
    }

    private String explain(String... words) {
        List<String> all = new ArrayList<>(List.of("-p", folder + "/", "-c", "nginx.conf", "GET"));
        all.addAll(List.of(words));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ExplainCommand().run(all, new Console(new PrintStream(out), new PrintStream(out), false));
        } catch (UsageException e) {
            throw new AssertionError(e.reason(), e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theHandshakeChoosesTheCertificate() {
        assertThat(explain("https://plain.test:8443/"))
                .contains("the handshake asks for plain.test, which chooses this server's certificate  [nginx.conf:3]",
                        "server    plain.test (exact)", "status 200");
        assertThat(explain("https://none.test:8443/"))
                .contains("the handshake asks for none.test, which is no server's name: it gets the default server's");
        assertThat(explain("https://plain.test:8443/", "--sni", ""))
                .contains("the handshake asks for no name: it gets the default server's certificate");
    }

    @Test
    void aPlainRequestToAnAddressOfTlsIsRefused() {
        assertThat(explain("http://first.test:8443/")).contains("the client speaks no TLS", "status 497", "status 400");
        assertThat(explain("http://plain.test:8443/x"))
                .contains("error_page", "status 301", "Location: https://plain.test/x");
    }

    @Test
    void tlsToAPlainAddressIsSaid() {
        assertThat(explain("https://x:8080/")).contains("this address has no ssl", "status 200");
    }

    @Test
    void aCertificateIsAssumedAndSaidSo() {
        assertThat(explain("https://asks.test:8443/"))
                .contains("taken to have shown a good certificate; without one the answer is 400  [nginx.conf:9]",
                        "status 200");
        assertThat(explain("https://plain.test:8443/", "-H", "Host: asks.test"))
                .contains("that one checks certificates: status 421", "status 421");
    }

    @Test
    void aPathAloneComesAsThePortWantsIt() {
        assertThat(explain("/", "-H", "Host: asks.test", "--listen", "127.0.0.1:8443"))
                .contains("the handshake asks for asks.test, which chooses", "status 200");
    }
}
