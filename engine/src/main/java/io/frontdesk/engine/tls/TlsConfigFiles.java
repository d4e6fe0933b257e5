package io.frontdesk.engine.tls;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.tls.ChainVerifier;
import io.frontdesk.net.tls.TlsFiles;
import io.frontdesk.net.tls.TlsIdentity;
import io.frontdesk.net.tls.TlsSettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files that TLS directives name: each that is missing or broken ends the load, in nginx's words. Control plane. */
@ControlPlane("whoever loads a configuration; reads files")
public final class TlsConfigFiles {
    private final Paths paths;
    private final TlsFiles files = TlsFiles.keeping();

    /** Relative names are those of the configuration's folder. */
    public TlsConfigFiles(Paths paths) {
        this.paths = paths;
    }

    /** Who is trusted: what judges certificates, and a digest that tells it from others. */
    public record Trust(ChainVerifier verifier, String digest) {}

    /** The whole name of a certificate or key; the text itself and what other programs hold stay as they are. */
    public static String full(String value, Paths paths) {
        boolean named = value.startsWith(TlsFiles.DATA) || value.startsWith("engine:") || value.startsWith("store:");
        return named ? value : paths.underConfig(value);
    }

    /** The certificates of a file of authorities; none without a line. */
    public List<X509Certificate> authorities(@Nullable Setting<String> line) throws ConfigException {
        if (line == null || line.value().isEmpty()) {
            return List.of();
        }
        String name = paths.underConfig(line.value());
        try {
            return files.authorities(name);
        } catch (TlsSettingsException e) {
            throw error("cannot load certificate \"" + name + "\": " + e.getMessage());
        }
    }

    /** Puts together who is trusted. */
    public Trust trust(List<X509Certificate> named, @Nullable Setting<String> trusted, @Nullable Setting<String> crl,
            int depth, ChainVerifier.Purpose purpose) throws ConfigException {
        List<X509Certificate> all = new ArrayList<>(named);
        all.addAll(authorities(trusted));
        List<X509CRL> lists = List.of();
        if (crl != null) {
            String name = paths.underConfig(crl.value());
            try {
                lists = files.revocations(name);
            } catch (TlsSettingsException e) {
                throw error("cannot load CRL \"" + name + "\": " + e.getMessage());
            }
        }
        return new Trust(new ChainVerifier(all, lists, depth, purpose), digest(all, lists, depth));
    }

    private static String digest(List<X509Certificate> authorities, List<X509CRL> lists, int depth) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (X509Certificate authority : authorities) {
                digest.update(authority.getEncoded());
            }
            for (X509CRL list : lists) {
                digest.update(list.getEncoded());
            }
            return HexFormat.of().formatHex(digest.digest()) + depth;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no digest of authorities", e);
        }
    }

    /** A certificate with its key. */
    public TlsIdentity identity(String certificate, String key, List<String> passwords) throws ConfigException {
        try {
            return VariableCertificates.load(files, certificate, key, passwords);
        } catch (TlsSettingsException e) {
            throw error(String.valueOf(e.getMessage()));
        }
    }

    /** The configuration is loaded: what was read, keys among it, is forgotten. */
    public void forget() {
        files.forget();
    }

    /** The passwords of a file; without a line, one that fits nothing. */
    public List<String> passwords(@Nullable Setting<String> line) throws ConfigException {
        if (line == null) {
            return List.of();
        }
        byte[] bytes = raw(paths.underConfig(line.value()), line);
        return new String(bytes, StandardCharsets.ISO_8859_1).lines().filter(text -> !text.isEmpty()).toList();
    }

    /** The bytes of a file that nginx opens itself. */
    public byte[] raw(String name, Setting<?> line) throws ConfigException {
        try {
            return Files.readAllBytes(
                    Path.of(new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw line.error("open() \"%s\" failed %s", name, io.frontdesk.config.Errno.text(e));
        }
    }

    /** The bytes of a file that nginx has OpenSSL open. */
    public byte[] read(Setting<String> line) throws ConfigException {
        String name = paths.underConfig(line.value());
        try {
            return files.file(name);
        } catch (TlsSettingsException e) {
            throw error("BIO_new_file(\"" + name + "\") failed"
                    + String.valueOf(e.getMessage()).substring("BIO_new_file() failed".length()));
        }
    }

    /** Whether a file of parameters for DHE is one. */
    public void checkDhParameters(Setting<String> line) throws ConfigException {
        read(line);
        String name = paths.underConfig(line.value());
        try {
            files.checkDhParameters(name);
        } catch (TlsSettingsException e) {
            throw error("PEM_read_bio_DHparams(\"" + name + "\") failed: " + e.getMessage());
        }
    }

    /** An error of files, which nginx says without a place. */
    public static ConfigException error(String message) {
        return new ConfigException(new Diagnostic(Severity.EMERG, message, null));
    }
}
