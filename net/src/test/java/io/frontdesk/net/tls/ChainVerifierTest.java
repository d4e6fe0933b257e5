package io.frontdesk.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {
    private static final Instant NOW = Instant.now();

    private static CertificateBuilder builder(String name) {
        return new CertificateBuilder().ecp256().subject("CN=" + name).notBefore(NOW.minus(Duration.ofDays(1)))
                .notAfter(NOW.plus(Duration.ofDays(1)));
    }

    private static X509Bundle root() throws Exception {
        return builder("root").setIsCertificateAuthority(true).buildSelfSigned();
    }

    private static Verdict verify(X509Bundle trusted, int depth, List<X509Certificate> presented) {
        return new ChainVerifier(List.of(trusted.getCertificate()), List.<X509CRL>of(), depth,
                ChainVerifier.Purpose.CLIENT).verify(presented);
    }

    private static List<X509Certificate> chain(X509Bundle... bundles) {
        return java.util.Arrays.stream(bundles).map(X509Bundle::getCertificate).toList();
    }

    @Test
    void trustsWhatTheRootIssued() throws Exception {
        X509Bundle root = root();
        assertThat(verify(root, 0, chain(builder("a").buildIssuedBy(root)))).isEqualTo(Verdict.OK);
    }

    @Test
    void trustsACertificateThatIsTrustedItself() throws Exception {
        X509Bundle own = builder("own").setIsCertificateAuthority(true).buildSelfSigned();
        assertThat(verify(own, 1, chain(own))).isEqualTo(Verdict.OK);
    }

    @Test
    void saysWhatOpensslSaysOfStrangers() throws Exception {
        X509Bundle other = builder("other").setIsCertificateAuthority(true).buildSelfSigned();
        X509Bundle leaf = builder("a").buildIssuedBy(other);
        X509Bundle between = builder("between").setIsCertificateAuthority(true).buildIssuedBy(other);
        X509Bundle below = builder("b").buildIssuedBy(between);
        X509Bundle root = root();
        assertThat(verify(root, 1, chain(builder("self").setIsCertificateAuthority(true).buildSelfSigned())))
                .isEqualTo(Verdict.SELF_SIGNED);
        assertThat(verify(root, 1, chain(leaf))).isEqualTo(Verdict.UNVERIFIABLE);
        assertThat(verify(root, 1, chain(leaf, other))).isEqualTo(Verdict.SELF_SIGNED_IN_CHAIN);
        assertThat(verify(root, 1, chain(below, between))).isEqualTo(Verdict.NO_LOCAL_ISSUER);
        assertThat(Verdict.UNVERIFIABLE).hasToString("(21:unable to verify the first certificate)");
    }

    @Test
    void countsThoseBetweenUpToTheDepthAndNotOneBeyond() throws Exception {
        X509Bundle root = root();
        X509Bundle between = builder("between").setIsCertificateAuthority(true).buildIssuedBy(root);
        X509Bundle leaf = builder("a").buildIssuedBy(between);
        assertThat(verify(root, 1, chain(leaf, between))).isEqualTo(Verdict.OK);
        assertThat(verify(root, 0, chain(leaf, between))).isEqualTo(Verdict.CHAIN_TOO_LONG);
    }

    @Test
    void refusesAnIssuerThatIsNoAuthority() throws Exception {
        X509Bundle root = root();
        X509Bundle middle = builder("middle").setIsCertificateAuthority(true).buildIssuedBy(root);
        X509Certificate noAuthority = builder("middle").publicKey(middle.getCertificate().getPublicKey())
                .buildIssuedBy(root).getCertificate();
        X509Bundle leaf = builder("a").buildIssuedBy(middle);
        assertThat(verify(root, 2, List.of(leaf.getCertificate(), noAuthority))).isEqualTo(Verdict.INVALID_CA);
    }

    @Test
    void knowsTooEarlyFromTooLate() throws Exception {
        X509Bundle root = root();
        ChainVerifier verifier = new ChainVerifier(chain(root), List.of(), 1, ChainVerifier.Purpose.CLIENT);
        List<X509Certificate> leaf = chain(builder("a").notBefore(NOW.minus(Duration.ofHours(2)))
                .notAfter(NOW.minus(Duration.ofHours(1))).buildIssuedBy(root));
        assertThat(verifier.verify(leaf, Date.from(NOW))).isEqualTo(Verdict.EXPIRED);
        assertThat(verifier.verify(leaf, Date.from(NOW.minus(Duration.ofHours(3))))).isEqualTo(Verdict.NOT_YET_VALID);
        assertThat(verifier.verify(leaf, Date.from(NOW.minus(Duration.ofMinutes(90))))).isEqualTo(Verdict.OK);
    }

    @Test
    void refusesACertificateForAnotherUse() throws Exception {
        X509Bundle root = root();
        assertThat(verify(root, 1, chain(builder("a").addExtendedKeyUsageServerAuth().buildIssuedBy(root))))
                .isEqualTo(Verdict.WRONG_PURPOSE);
        assertThat(verify(root, 1, chain(builder("a").addExtendedKeyUsageClientAuth().buildIssuedBy(root))))
                .isEqualTo(Verdict.OK);
    }

    @Test
    void matchesNamesAsTheCertificateSpellsThem() throws Exception {
        X509Certificate named = builder("cn.example").addSanDnsName("a.example").addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true).buildSelfSigned().getCertificate();
        assertThat(HostMatch.matches(named, "A.example")).isTrue();
        assertThat(HostMatch.matches(named, "cn.example")).isFalse();
        assertThat(HostMatch.matches(named, "127.0.0.1")).isFalse();
        X509Certificate many = builder("*.b.example").setIsCertificateAuthority(true).buildSelfSigned()
                .getCertificate();
        assertThat(HostMatch.matches(many, "x.b.example")).isTrue();
        assertThat(HostMatch.matches(many, "x.y.b.example")).isFalse();
        assertThat(HostMatch.matches(many, "b.example")).isFalse();
        X509Certificate plain = builder("cn.example").setIsCertificateAuthority(true).buildSelfSigned()
                .getCertificate();
        assertThat(HostMatch.matches(plain, "cn.example")).isTrue();
        assertThat(HostMatch.matches(plain, "")).isFalse();
    }
}
