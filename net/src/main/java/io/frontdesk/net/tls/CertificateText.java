package io.frontdesk.net.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** A certificate's parts as OpenSSL prints them, which configurations compare with. Stateless. */
public final class CertificateText {
    /** Names of attributes that RFC 2253 has none for and OpenSSL prints all the same. */
    private static final Map<String, String> NAMES = Map.of("1.2.840.113549.1.9.1", "emailAddress", "2.5.4.5",
            "serialNumber", "2.5.4.4", "SN", "2.5.4.42", "GN", "2.5.4.12", "title", "2.5.4.43", "initials", "2.5.4.46",
            "dnQualifier", "2.5.4.65", "pseudonym");
    /** {@code ASN1_TIME_print}: the day is padded by a blank. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'",
            Locale.ROOT).withZone(ZoneOffset.UTC);

    private CertificateText() {}

    /** The certificate in PEM form, each line ended by a newline. */
    public static String pem(X509Certificate certificate) {
        try {
            return PemBlock.write("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded", e);
        }
    }

    /** RFC 2253: the last part first, with commas. */
    public static String name(X500Principal principal) {
        return principal.getName(X500Principal.RFC2253, NAMES);
    }

    /** OpenSSL's old form: the first part first, with slashes. */
    public static String oldName(X500Principal principal) {
        StringBuilder out = new StringBuilder();
        try {
            List<Rdn> parts = new LdapName(name(principal)).getRdns();
            for (Rdn part : parts) {
                out.append('/').append(part.getType()).append('=').append(part.getValue());
            }
        } catch (InvalidNameException e) {
            return name(principal);
        }
        return out.toString();
    }

    /** The serial number in hex. */
    public static String serial(X509Certificate certificate) {
        String hex = certificate.getSerialNumber().abs().toString(16).toUpperCase(Locale.ROOT);
        String padded = hex.length() % 2 == 0 ? hex : "0" + hex;
        return certificate.getSerialNumber().signum() < 0 ? "-" + padded : padded;
    }

    /** SHA-1 over the certificate, in hex. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 belongs to every JDK", e);
        }
    }

    /** A moment: {@code Jan  1 00:00:00 2026 GMT}. */
    public static String time(Date moment) {
        return TIME.format(moment.toInstant());
    }

    /** Whole days until the certificate ends; 0 when it has. */
    public static long daysLeft(X509Certificate certificate) {
        return Math.max(0, ChronoUnit.DAYS.between(Instant.now(), certificate.getNotAfter().toInstant()));
    }
}
