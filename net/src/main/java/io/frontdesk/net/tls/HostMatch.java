package io.frontdesk.net.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whether a certificate is for a name (RFC 9525 §6): by its alternative names, and by its common name where it has none of that
 * kind, as OpenSSL and so nginx still do. Stateless.
 */
public final class HostMatch {
    private static final int DNS = 2;

    private HostMatch() {}

    /** Whether the certificate is for {@code name}. */
    public static boolean matches(X509Certificate certificate, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        boolean named = false;
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                int kind = (Integer) alternative.getFirst();
                String text = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
                named |= kind == DNS;
                // nginx asks for a host name only: an address in the list is never looked at.
                if (kind == DNS && fits(text, wanted)) {
                    return true;
                }
            }
        } catch (CertificateParsingException e) {
            return false;
        }
        return !named && commonNameFits(certificate, wanted);
    }

    private static boolean commonNameFits(X509Certificate certificate, String wanted) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")
                        && fits(String.valueOf(part.getValue()).toLowerCase(Locale.ROOT), wanted)) {
                    return true;
                }
            }
        } catch (InvalidNameException e) {
            return false;
        }
        return false;
    }

    /** An asterisk stands for the whole of the first label, and for one label only. */
    private static boolean fits(String pattern, String wanted) {
        if (pattern.startsWith("*.") && pattern.indexOf('.', 2) > 0) {
            int dot = wanted.indexOf('.');
            return dot > 0 && wanted.substring(dot).equals(pattern.substring(1));
        }
        return pattern.equals(wanted);
    }
}
