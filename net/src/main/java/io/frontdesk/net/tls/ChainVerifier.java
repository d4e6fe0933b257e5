package io.frontdesk.net.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Checks a chain of certificates against authorities (RFC 5280 §6), in OpenSSL's order and with its verdicts: as nginx lets OpenSSL go on
 * after a fault, the last fault is the one that counts. Both libraries verify by this, so that configurations mean the same with either.
 * Immutable; any thread.
 */
public final class ChainVerifier {
    /** Who shows the certificate. */
    public enum Purpose {
        /** A client. */
        CLIENT("1.3.6.1.5.5.7.3.2"),
        /** A server. */
        SERVER("1.3.6.1.5.5.7.3.1");

        private final String usage;

        Purpose(String usage) {
            this.usage = usage;
        }
    }

    private static final String ANY_USAGE = "2.5.29.37.0";
    /** Extensions that may be critical: key usage, alternative names, basic constraints, policies, extended key usage. */
    private static final Set<String> OBEYED = Set.of("2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.32", "2.5.29.37");
    private static final int KEY_CERT_SIGN = 5;
    /** Certificates that a peer may send, beyond which none is looked at. */
    private static final int MAX_PRESENTED = 32;

    private final Map<X500Principal, List<X509Certificate>> anchors = new HashMap<>();
    private final List<X509CRL> revocations;
    private final int depth;
    private final Purpose purpose;

    /**
     * A verifier.
     *
     * @param revocations lists of revoked certificates; when there is any, every issuer must have one
     * @param depth       how many certificates may stand between the shown one and the root
     */
    public ChainVerifier(List<X509Certificate> authorities, List<X509CRL> revocations, int depth, Purpose purpose) {
        for (X509Certificate authority : authorities) {
            anchors.computeIfAbsent(authority.getSubjectX500Principal(), name -> new ArrayList<>()).add(authority);
        }
        this.revocations = List.copyOf(revocations);
        this.depth = depth;
        this.purpose = purpose;
    }

    /** What there is to say of a chain, the peer's own certificate first, now. */
    public Verdict verify(List<X509Certificate> presented) {
        return verify(presented, new Date());
    }

    Verdict verify(List<X509Certificate> presented, Date now) {
        List<X509Certificate> chain = new ArrayList<>();
        Verdict verdict = build(presented, chain);
        verdict = worse(verdict, extensions(chain));
        verdict = worse(verdict, revocation(chain, now));
        return worse(verdict, validity(chain, verdict, now));
    }

    private static Verdict worse(Verdict before, Verdict later) {
        return later == Verdict.OK ? before : later;
    }

    /** Finds the way from the peer's certificate to a root that is trusted. */
    private Verdict build(List<X509Certificate> presented, List<X509Certificate> chain) {
        X509Certificate current = presented.getFirst();
        chain.add(current);
        int untrusted = 1;
        while (true) {
            if (isTrusted(current) && isSelfSigned(current)) {
                return Verdict.OK;
            }
            X509Certificate issuer = isSelfSigned(current) ? null : anchorFor(current);
            boolean trusted = issuer != null;
            if (issuer == null && !isSelfSigned(current)) {
                issuer = issuerAmong(presented, current, chain);
            }
            if (issuer == null) {
                return unfinished(chain, untrusted);
            }
            // The chain holds the shown certificate, those between, and the root.
            if (chain.size() > depth && !(trusted && chain.size() == depth + 1)) {
                return Verdict.CHAIN_TOO_LONG;
            }
            chain.add(issuer);
            if (!trusted) {
                untrusted = chain.size();
            }
            current = issuer;
        }
    }

    private static Verdict unfinished(List<X509Certificate> chain, int untrusted) {
        if (isSelfSigned(chain.getLast())) {
            return chain.size() == 1 ? Verdict.SELF_SIGNED : Verdict.SELF_SIGNED_IN_CHAIN;
        }
        if (chain.size() == 1) {
            return Verdict.UNVERIFIABLE;
        }
        return untrusted < chain.size() ? Verdict.NO_ISSUER : Verdict.NO_LOCAL_ISSUER;
    }

    private boolean isTrusted(X509Certificate certificate) {
        List<X509Certificate> known = anchors.get(certificate.getSubjectX500Principal());
        return known != null && known.contains(certificate);
    }

    private @Nullable X509Certificate anchorFor(X509Certificate certificate) {
        List<X509Certificate> known = anchors.get(certificate.getIssuerX500Principal());
        if (known != null) {
            for (X509Certificate anchor : known) {
                if (isSignedBy(certificate, anchor)) {
                    return anchor;
                }
            }
        }
        return null;
    }

    private static @Nullable X509Certificate issuerAmong(List<X509Certificate> presented, X509Certificate certificate,
            List<X509Certificate> chain) {
        int looked = 0;
        for (X509Certificate candidate : presented) {
            if (++looked > MAX_PRESENTED) {
                return null;
            }
            if (candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                    && !chain.contains(candidate) && isSignedBy(certificate, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && isSignedBy(certificate, certificate);
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private Verdict extensions(List<X509Certificate> chain) {
        Verdict verdict = Verdict.OK;
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            Set<String> critical = certificate.getCriticalExtensionOIDs();
            if (critical != null && !OBEYED.containsAll(critical)) {
                verdict = Verdict.CRITICAL_EXTENSION;
            }
            if (!mayServe(certificate)) {
                verdict = Verdict.WRONG_PURPOSE;
            }
            if (i > 0) {
                if (!mayIssue(certificate)) {
                    verdict = Verdict.INVALID_CA;
                } else if (certificate.getBasicConstraints() < i - 1 && certificate.getVersion() >= 3) {
                    verdict = Verdict.PATH_LENGTH;
                }
            }
        }
        return verdict;
    }

    /** RFC 5280 §4.2.1.3, §4.2.1.9; a root of the first version has no extensions. */
    private static boolean mayIssue(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return false;
        }
        return certificate.getVersion() < 3 ? isSelfSigned(certificate) : certificate.getBasicConstraints() >= 0;
    }

    private boolean mayServe(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.contains(purpose.usage) || usages.contains(ANY_USAGE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private Verdict revocation(List<X509Certificate> chain, Date now) {
        if (revocations.isEmpty()) {
            return Verdict.OK;
        }
        Verdict verdict = Verdict.OK;
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            X509Certificate issuer = i + 1 < chain.size() ? chain.get(i + 1) : certificate;
            verdict = worse(verdict, revocation(certificate, issuer, now));
        }
        return verdict;
    }

    private Verdict revocation(X509Certificate certificate, X509Certificate issuer, Date now) {
        X509CRL list = null;
        for (X509CRL candidate : revocations) {
            if (candidate.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                    && isSignedBy(candidate, issuer)
                    && (list == null || candidate.getThisUpdate().after(list.getThisUpdate()))) {
                list = candidate;
            }
        }
        if (list == null) {
            return Verdict.NO_CRL;
        }
        Verdict verdict = list.getNextUpdate() != null && list.getNextUpdate().before(now)
                ? Verdict.CRL_EXPIRED
                : Verdict.OK;
        return list.isRevoked(certificate) ? Verdict.REVOKED : verdict;
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static Verdict validity(List<X509Certificate> chain, Verdict before, Date now) {
        // OpenSSL walks up from the root, or from the last one that it has.
        Verdict verdict = before;
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (chain.get(i).getNotBefore().after(now)) {
                verdict = Verdict.NOT_YET_VALID;
            } else if (chain.get(i).getNotAfter().before(now)) {
                verdict = Verdict.EXPIRED;
            }
        }
        return verdict;
    }
}
