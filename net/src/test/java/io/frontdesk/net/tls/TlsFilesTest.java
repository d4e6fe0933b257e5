package io.frontdesk.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    /** Made by OpenSSL for this test: the old forms of an EC key, in the clear and with the password "secret", and of an RSA key; LOCKED is PKCS #8. */
    private static final String OLD_KEY = """
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIO4pWbGN94cla++yYcPfVd8kXxjqcK1df0+zy0YUrc5JoAoGCCqGSM49
            AwEHoUQDQgAEv+jAuHfqVTbG7DI1noxVhbOEhCBPXkj7bkUDGfNEJk4jEKyLIoKl
            armWnS8IeGAs06oEbHV0KwcOjdyjm3QX/A==
            -----END EC PRIVATE KEY-----
            """;
    private static final String LOCKED = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgz/feZvGOYawICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEHrLIK0TRGnz1STkWSg1fKwEgZA0
            Uw/7fsGuq3Qq7gG2/K+PdplTK7KpZQZaSLO35P8eWkboSAOlSNQTTYBbPHbDXfID
            8FmblpmTsL003Ui93q4UfdpAGivJSMaOcDD2LKoDnp+c6nC97cS3Nxf8qeyZ+4jm
            sbmCPDJi3YslXNxZUzxBnD50SNWZM/RBwV9EARACTljny+ffgScYgEnF3BHT5vY=
            -----END ENCRYPTED PRIVATE KEY-----
            """;
    private static final String OLD_LOCKED = """
            -----BEGIN EC PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,A6C16C08633BC8BA5A52F23529518973

            ksA9bgW+gRTAFXzjpsoee64iU2tc+kaZWb1gD1QAORQb+DlkUGzNv2kcN4ShPAMf
            wBTVXR4SCv2LLyxN7SQqCdwBNBYskf1xlWJdNz6+jRnoniZ9ovjnNujNOAvcvwRW
            WgNIGkBb5uNxnDwYyQ4H9xrk0LxCCiX7gvW8pIGOI28=
            -----END EC PRIVATE KEY-----
            """;
    private static final String OLD_RSA = """
            -----BEGIN RSA PRIVATE KEY-----
            MIICXAIBAAKBgQC0oeR2IfZsJ5zE8cMmSC0fjnugPi9aDYpe9Pl1HXpq+rCtHejt
            qvhwPlpZAd7tzljSnP/KQ5H7s56MNWlpE4CSnVGe+5YmZ89ItvkkJztlyuug5fmm
            P9WaeDx9kca2T4nhV6auphOZ4IAyLGEIThrQjma/Vt/dNnIyk9lw9MpOCwIDAQAB
            AoGARB/utzMV6jKCaLC5ph2Ajy9Apu3tE+yZbDi+QJJOkjxcF9548/IQYtzRXFJd
            TpkNXNmDizgyvZg/yqd2Sv/k9ERM1Y3sHZs2d4HURMMfqLrrwE7IViqBmdfC4qi1
            MUgMernUhOlpwfNo6OU0VUasQ/JoyFAFTNhP0O01IulyQTECQQDkPd/YdHp5hSZv
            5KT0GFhXrWWypTdjGOHrCQR4JLjsNEG+FKEgKDbvmOYKHJzicTOhTtoZ5150Dfg2
            FxhCI5ijAkEAypm9Y65pJNcmkqYabhiqbczw/D5KMFqH1nNHmMJV6K0VFDKftLov
            kT7Vav5TwRK45OICdT7fv6PW97AYhLHDeQJABSlJCJIJuvnB1sHq4QIz7TeklxeZ
            WwpTAYegrD7YV68O1YeN5TZDl8NzYEMpYQ2CR2GLGQ7cWe9+72oySDyZ1QJBAMOT
            r/jnKAbxTwIoKMF5PCSsv0GxW+rbqd/B/y6fA1GOrBeIWxWa2kprDpivlOiAC06g
            QuEt5c7Y+a63JqQJ+nkCQAQrjv2l1RGInaDcJ8TTjo0bKTKRC8sOiBPxuzhws/KQ
            xJsQSzuxd6z1QAnb3jeTFHNyLcQzU6/rTYNaowdP6Lg=
            -----END RSA PRIVATE KEY-----
            """;

    @TempDir
    Path folder;

    private static X509Bundle bundle() throws Exception {
        return new CertificateBuilder().ecp256().subject("CN=a.example").setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private String write(String text) throws Exception {
        return Files.writeString(folder.resolve("file.pem"), text).toString();
    }

    @Test
    void readsACertificateWithItsKeyFromAFileOrFromTheTextItself() throws Exception {
        X509Bundle bundle = bundle();
        assertThat(TlsFiles.direct().chain(write("text before\n" + bundle.getCertificatePEM())))
                .containsExactly(bundle.getCertificate());
        assertThat(TlsFiles.direct().chain("data:" + bundle.getCertificatePEM()))
                .containsExactly(bundle.getCertificate());
        PrivateKey key = TlsFiles.direct().key(write(bundle.getPrivateKeyPEM()), List.of());
        assertThat(TlsFiles.match(key, bundle.getCertificate())).isTrue();
        assertThat(TlsFiles.match(key, bundle().getCertificate())).isFalse();
    }

    @Test
    void saysWhatOpensslSaysOfWhatIsMissingOrNone() throws Exception {
        String none = folder.resolve("none.pem").toString();
        assertThatThrownBy(() -> TlsFiles.direct().chain(none)).isInstanceOf(TlsSettingsException.class)
                .hasMessageStartingWith("BIO_new_file() failed (SSL: error:80000002:system library::No such file or "
                        + "directory:calling fopen(" + none + ", r)");
        String empty = write("");
        assertThatThrownBy(() -> TlsFiles.direct().chain(empty))
                .hasMessageStartingWith(
                        "PEM_read_bio_X509_AUX() failed (SSL: error:0480006C:PEM routines::no start line");
        assertThatThrownBy(() -> TlsFiles.direct().key(empty, List.of()))
                .hasMessageStartingWith("PEM_read_bio_PrivateKey() failed (SSL: ");
        assertThatThrownBy(() -> TlsFiles.direct().revocations(empty))
                .hasMessageStartingWith("PEM_read_bio_X509_CRL() failed (SSL: ");
        String broken = write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> TlsFiles.direct().chain(broken))
                .hasMessageStartingWith("PEM_read_bio_X509_AUX() failed");
        String cut = write("-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertThatThrownBy(() -> TlsFiles.direct().chain(cut)).hasMessageContaining("bad end line");
    }

    @Test
    void triesEachPasswordOnAnEncryptedKey() throws Exception {
        String file = write(LOCKED);
        assertThat(TlsFiles.direct().key(file, List.of("first", "secret")))
                .extracting(key -> ((ECPrivateKey) key).getS())
                .isEqualTo(((ECPrivateKey) TlsFiles.direct().key("data:" + OLD_KEY, List.of())).getS());
        assertThat(TlsFiles.direct().isEncrypted(file)).isTrue();
        assertThat(TlsFiles.direct().isEncrypted("data:" + OLD_KEY)).isFalse();
        assertThatThrownBy(() -> TlsFiles.direct().key(file, List.of("first"))).hasMessageContaining("bad decrypt");
        assertThatThrownBy(() -> TlsFiles.direct().key(file, List.of())).hasMessageContaining("bad decrypt");
    }

    @Test
    void readsTheOlderFormsOfKeys() throws Exception {
        PrivateKey plain = TlsFiles.direct().key("data:" + OLD_KEY, List.of());
        PrivateKey locked = TlsFiles.direct().key("data:" + OLD_LOCKED, List.of("wrong", "secret"));
        assertThat(plain.getAlgorithm()).isEqualTo("EC");
        assertThat(locked).isEqualTo(plain);
        assertThat(TlsFiles.direct().key("data:" + OLD_RSA, List.of()).getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void readsAFileOnceWhenItKeepsAndAnewWhenItForgot() throws Exception {
        X509Bundle first = bundle();
        X509Bundle second = bundle();
        String file = write(first.getCertificatePEM());
        TlsFiles files = TlsFiles.keeping();
        assertThat(files.chain(file)).containsExactly(first.getCertificate());
        write(second.getCertificatePEM());
        assertThat(files.chain(file)).containsExactly(first.getCertificate());
        files.forget();
        assertThat(files.chain(file)).containsExactly(second.getCertificate());
    }
}
