package io.frontdesk.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import io.frontdesk.testkit.TestCertificate;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsServerTest {
    private static final TestCertificate A = TestCertificate.selfSigned("a.example");
    private static final TestCertificate A_RSA = TestCertificate.selfSignedRsa("a.example");
    private static final TestCertificate B = TestCertificate.selfSigned("b.example");

    private static Frontdesk.Builder files() {
        return Frontdesk.file("a.crt", A.pem()).file("a.key", A.keyPem()).file("a-rsa.crt", A_RSA.pem())
                .file("a-rsa.key", A_RSA.keyPem()).file("b.crt", B.pem()).file("b.key", B.keyPem());
    }

    private static RawClient tls(Frontdesk server, String name, String... protocols) {
        return RawClient.connectTls(server.port(), TestCertificate.client(null), name, protocols);
    }

    private static Answer get(RawClient client, String target, String host) {
        return client.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").readAnswer();
    }

    private static X509Certificate shown(RawClient client) throws Exception {
        return (X509Certificate) client.tlsSession().getPeerCertificates()[0];
    }

    private static final String TWO_SERVERS = """
            http {
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    server_name a.example;
                    ssl_certificate a.crt;
                    ssl_certificate_key a.key;
                    location / { return 200 "$server_name $ssl_server_name $ssl_protocol $scheme $https"; }
                    location /dir { return 302 /other; }
                    location /files/ { alias {{prefix}}/; }
                }
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    server_name b.example;
                    ssl_certificate b.crt;
                    ssl_certificate_key b.key;
                    ssl_protocols TLSv1.2;
                    return 200 "$server_name $ssl_protocol";
                }
            }
            """;

    @Test
    void choosesServerCertificateAndVersionsByTheNameThatTheClientAsksFor() throws Exception {
        try (Frontdesk server = files().start(TWO_SERVERS)) {
            try (RawClient client = tls(server, "a.example")) {
                assertThat(shown(client)).isEqualTo(A.certificate());
                assertThat(get(client, "/", "a.example").body())
                        .isEqualTo("a.example a.example TLSv1.3 https on");
                assertThat(get(client, "/", "a.example").status()).isEqualTo(200);
            }
            try (RawClient client = tls(server, "a.example", "TLSv1.2")) {
                assertThat(get(client, "/", "a.example").body()).contains("TLSv1.2");
            }
            try (RawClient client = tls(server, "b.example")) {
                assertThat(shown(client)).isEqualTo(B.certificate());
                assertThat(get(client, "/", "b.example").body()).isEqualTo("b.example TLSv1.2");
            }
            try (RawClient client = tls(server, null)) {
                assertThat(shown(client)).isEqualTo(A.certificate());
            }
            assertThatThrownBy(() -> tls(server, "b.example", "TLSv1.3")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void redirectsToHttps() {
        try (Frontdesk server = files().start(TWO_SERVERS); RawClient client = tls(server, "a.example")) {
            assertThat(get(client, "/dir", "a.example").field("Location"))
                    .isEqualTo("https://a.example:" + server.port() + "/other");
        }
    }

    @Test
    void sendsFilesOfAnySizeWhole() {
        String content = "0123456789abcdef".repeat(200_000);
        try (Frontdesk server = files().file("big", content).start(TWO_SERVERS);
                RawClient client = tls(server, "a.example")) {
            assertThat(get(client, "/files/big", "a.example").body()).isEqualTo(content);
            assertThat(get(client, "/files/big", "a.example").body()).hasSize(content.length());
        }
    }

    @Test
    void tellsWhoSendsPlainHttpToAPortWithTls() {
        try (Frontdesk server = files().start(TWO_SERVERS)) {
            Answer answer = server.get("/");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("The plain HTTP request was sent to HTTPS port");
            assertThat(server.errorLog()).contains("client sent plain HTTP request to HTTPS port");
        }
    }

    @Test
    void endsWithCloseNotifyAndLingers() {
        try (Frontdesk server = files().start(TWO_SERVERS); RawClient client = tls(server, "a.example")) {
            // What follows makes the server linger; the JDK would fail on an end without close_notify.
            client.send("GET / HTTP/1.0\r\n\r\nmore");
            assertThat(client.awaitEnd()).contains("200 OK");
        }
    }

    @Test
    void answersAClientThatHandsItsFirstMessageOverInPieces() throws Exception {
        try (Frontdesk server = files().start(TWO_SERVERS); RawClient client = server.connect()) {
            client.send(new byte[]{22});
            client.send(new byte[]{3, 1, 0});
            client.send(new byte[]{4, 2, 0, 0, 0});
            // It was no hello after all: an alert, and the end.
            assertThat(client.awaitEnd()).startsWith("\u0015\u0003");
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("SSL_do_handshake() failed (SSL: ")
                    .contains("while SSL handshaking, client: 127.0.0.1"));
        }
    }

    @Test
    void saysWhenAClientGoesAwayInTheHandshake() {
        try (Frontdesk server = files().start(TWO_SERVERS); RawClient client = server.connect()) {
            client.send(new byte[]{22, 3, 1}).shutdownOutput();
            client.awaitEnd();
            await().untilAsserted(() -> assertThat(server.errorLog())
                    .contains("peer closed connection in SSL handshake while SSL handshaking"));
        }
    }

    @Test
    void hasOneCertificateForEachKindOfKeyThatClientsCanVerify() throws Exception {
        try (Frontdesk server = files().start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}} ssl;
                        ssl_certificate a-rsa.crt;
                        ssl_certificate_key a-rsa.key;
                        ssl_certificate a.crt;
                        ssl_certificate_key a.key;
                        return 200 ok;
                    }
                }
                """)) {
            try (RawClient client = tls(server, "a.example")) {
                assertThat(shown(client).getPublicKey().getAlgorithm()).isEqualTo("EC");
            }
            SSLContext context = TestCertificate.client(null);
            try (RawClient plain = RawClient.connectTls(server.port(), context, null, "TLSv1.2")) {
                assertThat(get(plain, "/", "x").body()).isEqualTo("ok");
            }
        }
    }

    @Test
    void refusesHandshakesWhereTheServerRejectsThem() {
        try (Frontdesk server = files().start("""
                http {
                    server { listen 127.0.0.1:{{port}} ssl default_server; ssl_reject_handshake on; }
                    server {
                        listen 127.0.0.1:{{port}} ssl;
                        server_name a.example;
                        ssl_certificate a.crt;
                        ssl_certificate_key a.key;
                        return 200 ok;
                    }
                }
                """)) {
            assertThatThrownBy(() -> tls(server, "c.example")).hasMessageContaining("unrecognized_name");
            try (RawClient client = tls(server, "a.example")) {
                assertThat(get(client, "/", "a.example").body()).isEqualTo("ok");
            }
        }
    }

    @Test
    void loadsCertificatesThatVariablesName() throws Exception {
        try (Frontdesk server = files().file("c.example.crt", B.pem()).file("c.example.key", B.keyPem()).start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}} ssl;
                        ssl_certificate $ssl_server_name.crt;
                        ssl_certificate_key $ssl_server_name.key;
                        return 200 ok;
                    }
                }
                """)) {
            try (RawClient client = tls(server, "c.example")) {
                assertThat(shown(client)).isEqualTo(B.certificate());
                assertThat(get(client, "/", "c.example").body()).isEqualTo("ok");
            }
            assertThatThrownBy(() -> tls(server, "d.example")).isInstanceOf(UncheckedIOException.class);
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("cannot load certificate \"")
                    .contains("d.example.crt\": BIO_new_file() failed"));
        }
    }

    @Test
    void takesSessionsUpAgainButNotThoseOfAnotherServer() {
        String config = """
                http {
                    server {
                        listen 127.0.0.1:{{port}} ssl;
                        ssl_certificate a.crt;
                        ssl_certificate_key a.key;
                        ssl_session_cache shared:S:1m;
                        return 200 $ssl_session_reused;
                    }
                    server {
                        listen 127.0.0.1:{{port.other}} ssl;
                        ssl_certificate a.crt;
                        ssl_certificate_key a.key;
                        ssl_session_cache shared:S:1m;
                        ssl_verify_client optional_no_ca;
                        return 200 $ssl_session_reused;
                    }
                }
                """;
        try (Frontdesk server = files().start(config)) {
            for (String protocol : new String[]{"TLSv1.2", "TLSv1.3"}) {
                SSLContext context = TestCertificate.client(null);
                assertThat(reused(server.port(), context, protocol)).isEqualTo(".");
                assertThat(reused(server.port(), context, protocol)).isEqualTo("r");
            }
        }
    }

    private static String reused(int port, SSLContext context, String protocol) {
        try (RawClient client = RawClient.connectTls(port, context, null, protocol)) {
            return get(client, "/", "x").body();
        }
    }

    @Test
    void keepsConnectionsOverAReloadThatChangesNothingAndEndsThoseWhoseCertificateChanged() {
        try (Frontdesk server = files().start(TWO_SERVERS);
                RawClient first = tls(server, "a.example");
                RawClient second = tls(server, "b.example")) {
            get(first, "/", "a.example");
            get(second, "/", "b.example");
            assertThat(server.reload(TWO_SERVERS)).isTrue();
            assertThat(get(first, "/", "a.example").status()).isEqualTo(200);
            assertThat(server.reload(TWO_SERVERS.replace("ssl_certificate b.crt", "ssl_certificate a.crt")
                    .replace("ssl_certificate_key b.key", "ssl_certificate_key a.key"))).isTrue();
            assertThat(second.awaitEnd()).isEmpty();
            assertThat(get(first, "/", "a.example").status()).isEqualTo(200);
        }
    }

    @Test
    void shakesHandsByTheNewestCertificateWithWhoWasAcceptedBefore() throws Exception {
        try (Frontdesk server = files().start(TWO_SERVERS); RawClient early = server.connect()) {
            try (RawClient other = tls(server, "a.example")) {
                get(other, "/", "a.example");
            }
            assertThat(server.reload(TWO_SERVERS.replace("ssl_certificate a.crt", "ssl_certificate b.crt")
                    .replace("ssl_certificate_key a.key", "ssl_certificate_key b.key"))).isTrue();
            await().until(() -> server.errorLog().contains("exited with code 0"));

            try (RawClient client = early.startTls(TestCertificate.client(null), "a.example")) {
                assertThat(shown(client)).isEqualTo(B.certificate());
                assertThat(get(client, "/", "a.example").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void refusesAHostWithClientCertificatesToWhoNegotiatedAnotherName() {
        TestCertificate root = TestCertificate.authority("root");
        try (Frontdesk server = files().file("root.crt", root.pem()).start("""
                http {
                    ssl_certificate a.crt;
                    ssl_certificate_key a.key;
                    server { listen 127.0.0.1:{{port}} ssl; server_name open.example; return 200 open; }
                    server {
                        listen 127.0.0.1:{{port}} ssl;
                        server_name closed.example;
                        ssl_verify_client on;
                        ssl_client_certificate root.crt;
                        return 200 closed;
                    }
                }
                """); RawClient client = tls(server, "open.example")) {
            assertThat(get(client, "/", "open.example").body()).isEqualTo("open");
            assertThat(get(client, "/", "closed.example").status()).isEqualTo(421);
        }
    }
}
