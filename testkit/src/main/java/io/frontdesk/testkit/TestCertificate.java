package io.frontdesk.testkit;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A certificate with its key, made for a test: an authority's, or one that an authority issued. Immutable. */
public final class TestCertificate {
    private final X509Bundle bundle;

    private TestCertificate(X509Bundle bundle) {
        this.bundle = bundle;
    }

    /** A root of that name. */
    public static TestCertificate authority(String name) {
        return new TestCertificate(made(new CertificateBuilder().ecp256().subject("CN=" + name)
                .setIsCertificateAuthority(true), null));
    }

    /** One that signs itself. */
    public static TestCertificate selfSigned(String name) {
        return new TestCertificate(made(
                leaf(name, Instant.now().plus(Duration.ofDays(2))).ecp256().setIsCertificateAuthority(true), null));
    }

    /** One with an RSA key that signs itself. */
    public static TestCertificate selfSignedRsa(String name) {
        return new TestCertificate(made(
                leaf(name, Instant.now().plus(Duration.ofDays(2))).rsa2048().setIsCertificateAuthority(true), null));
    }

    /** One that this authority issues for a name. */
    public TestCertificate issue(String name) {
        return new TestCertificate(made(leaf(name, Instant.now().plus(Duration.ofDays(2))).ecp256(), bundle));
    }

    /** One that this authority has issued, and whose time is over. */
    public TestCertificate issueExpired(String name) {
        return new TestCertificate(made(leaf(name, Instant.now().minus(Duration.ofHours(1))).ecp256(), bundle));
    }

    /** An authority below this one. */
    public TestCertificate issueAuthority(String name) {
        return new TestCertificate(made(new CertificateBuilder().ecp256().subject("CN=" + name)
                .setIsCertificateAuthority(true), bundle));
    }

    private static CertificateBuilder leaf(String name, Instant until) {
        return new CertificateBuilder().subject("CN=" + name).addSanDnsName(name)
                .notBefore(Instant.now().minus(Duration.ofDays(3))).notAfter(until);
    }

    private static X509Bundle made(CertificateBuilder builder, @Nullable X509Bundle issuer) {
        try {
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new IllegalStateException("no certificate", e);
        }
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return bundle.getCertificate();
    }

    /** It in PEM form. */
    public String pem() {
        return bundle.getCertificatePEM();
    }

    /** It in PEM form, with those between it and the root behind it. */
    public String chainPem() {
        return bundle.getCertificatePathPEM();
    }

    /** Its private key in PEM form. */
    public String keyPem() {
        return bundle.getPrivateKeyPEM();
    }

    /** What a client of a test needs that trusts everybody; {@code own} is what it shows, null for nothing. */
    public static SSLContext client(@Nullable TestCertificate own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : new KeyManager[]{new ShowsAlways(own.bundle)},
                    new TrustManager[]{new TrustsAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS client", e);
        }
    }

    /** Shows its certificate whatever authorities the server names. */
    private static final class ShowsAlways extends X509ExtendedKeyManager {
        private final X509Bundle own;

        ShowsAlways(X509Bundle own) {
            this.own = own;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[]{"own"};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[]{"own"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.getCertificatePath();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.getKeyPair().getPrivate();
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
