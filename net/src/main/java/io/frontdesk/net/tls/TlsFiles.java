package io.frontdesk.net.tls;

import io.frontdesk.net.ControlPlane;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates, keys and lists of revoked certificates, and says what is wrong with them as nginx does. One that keeps reads no file
 * twice, until it is told to forget: so a thousand servers may name one file, which may be a pipe too. Not for several threads, if it keeps.
 */
@ControlPlane("whoever loads a configuration, or a virtual thread for names with variables; reads files")
public final class TlsFiles {
    /** What stands before a value that is the PEM text itself. */
    public static final String DATA = "data:";
    private static final String NO_START_LINE = "failed (SSL: error:0480006C:PEM routines::no start line:Expecting: ";

    private final @Nullable Map<String, byte[]> kept;

    private TlsFiles(@Nullable Map<String, byte[]> kept) {
        this.kept = kept;
    }

    /** One that reads each time. */
    public static TlsFiles direct() {
        return new TlsFiles(null);
    }

    /** One that keeps what it read. */
    public static TlsFiles keeping() {
        return new TlsFiles(new HashMap<>());
    }

    /** Forgets what it read. */
    public void forget() {
        if (kept != null) {
            kept.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
            kept.clear();
        }
    }

    /** Certificate and chain, the server's own first. {@code source} is a path, or the text behind {@code data:}. */
    public List<X509Certificate> chain(String source) throws TlsSettingsException {
        return certificates(source, "PEM_read_bio_X509_AUX()", "TRUSTED CERTIFICATE");
    }

    /** All certificates of a file of authorities. */
    public List<X509Certificate> authorities(String source) throws TlsSettingsException {
        return certificates(source, "PEM_read_bio_X509()", "CERTIFICATE");
    }

    private List<X509Certificate> certificates(String source, String call, String expected)
            throws TlsSettingsException {
        List<X509Certificate> found = new ArrayList<>();
        for (PemBlock block : blocks(source, call)) {
            if (block.type().equals("CERTIFICATE") || block.type().equals("X509 CERTIFICATE")
                    || block.type().equals("TRUSTED CERTIFICATE")) {
                found.add(certificate(block.der(), call));
            }
        }
        if (found.isEmpty()) {
            throw new TlsSettingsException(call + " " + NO_START_LINE + expected + ")");
        }
        return List.copyOf(found);
    }

    /** A certificate; OpenSSL's trusted form has more behind it, which is of no use here. */
    private static X509Certificate certificate(byte[] der, String call) throws TlsSettingsException {
        try {
            byte[] own = Arrays.copyOf(der, Der.next(der, 0));
            return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(own));
        } catch (CertificateException e) {
            throw new TlsSettingsException(
                    call + " failed (SSL: error:0688010A:asn1 encoding routines::nested asn1 error)");
        }
    }

    /** The private key of a file; each password is tried where it is encrypted. */
    public PrivateKey key(String source, List<String> passwords) throws TlsSettingsException {
        return PrivateKeys.first(blocks(source, "PEM_read_bio_PrivateKey()"), passwords);
    }

    /** Whether the private key of a file is encrypted. */
    public boolean isEncrypted(String source) throws TlsSettingsException {
        for (PemBlock block : blocks(source, "PEM_read_bio_PrivateKey()")) {
            if (block.type().equals("ENCRYPTED PRIVATE KEY") || block.headers().containsKey("DEK-Info")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key belongs to a certificate. */
    public static boolean match(PrivateKey key, X509Certificate certificate) {
        return PrivateKeys.match(key, certificate.getPublicKey());
    }

    /** The lists of revoked certificates in a file. */
    public List<X509CRL> revocations(String source) throws TlsSettingsException {
        List<X509CRL> found = new ArrayList<>();
        for (PemBlock block : blocks(source, "PEM_read_bio_X509_CRL()")) {
            if (block.type().equals("X509 CRL")) {
                try {
                    found.add((X509CRL) factory().generateCRL(new ByteArrayInputStream(block.der())));
                } catch (CRLException e) {
                    throw new TlsSettingsException("PEM_read_bio_X509_CRL() failed (SSL: error:0688010A:asn1 encoding "
                            + "routines::nested asn1 error)");
                }
            }
        }
        if (found.isEmpty()) {
            throw new TlsSettingsException("PEM_read_bio_X509_CRL() " + NO_START_LINE + "X509 CRL)");
        }
        return List.copyOf(found);
    }

    /** Whether a file of parameters for DHE is one; they have no use beyond that, as no suite with DHE is offered. */
    public void checkDhParameters(String path) throws TlsSettingsException {
        byte[] file = file(path);
        for (PemBlock block : PemBlock.read(file)) {
            if (block.type().endsWith("DH PARAMETERS")) {
                return;
            }
        }
        throw new TlsSettingsException("PEM_read_bio_DHparams() " + NO_START_LINE + "DH PARAMETERS)");
    }

    private List<PemBlock> blocks(String source, String call) throws TlsSettingsException {
        byte[] text = source.startsWith(DATA)
                ? source.substring(DATA.length()).getBytes(StandardCharsets.ISO_8859_1)
                : file(source);
        try {
            return PemBlock.read(text);
        } catch (TlsSettingsException e) {
            throw new TlsSettingsException(call + " failed " + e.getMessage());
        }
    }

    /** A whole file, by its byte-string name. */
    public byte[] file(String path) throws TlsSettingsException {
        Map<String, byte[]> known = kept;
        if (known == null) {
            return read(path);
        }
        byte[] bytes = known.get(path);
        if (bytes == null) {
            bytes = read(path);
            known.put(path, bytes);
        }
        return bytes.clone();
    }

    private static byte[] read(String path) throws TlsSettingsException {
        try {
            return Files.readAllBytes(
                    Path.of(new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            throw new TlsSettingsException("BIO_new_file() failed (SSL: error:80000002:system library::No such file or "
                    + "directory:calling fopen(" + path + ", r) error:10000080:BIO routines::no such file)");
        } catch (AccessDeniedException e) {
            throw new TlsSettingsException(
                    "BIO_new_file() failed (SSL: error:8000000D:system library::Permission denied:"
                            + "calling fopen(" + path + ", r) error:10080002:BIO routines::system lib)");
        } catch (IOException | RuntimeException e) {
            throw new TlsSettingsException("BIO_new_file() failed (SSL: error:10080002:BIO routines::system lib: "
                    + e.getMessage() + ")");
        }
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("X.509 belongs to every JDK", e);
        }
    }
}
