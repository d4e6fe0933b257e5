package io.frontdesk.engine.tls;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.tls.TlsContexts;
import io.frontdesk.net.tls.TlsFiles;
import io.frontdesk.net.tls.TlsIdentity;
import io.frontdesk.net.tls.TlsSettings;
import io.frontdesk.net.tls.TlsSettingsException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Certificates whose names have variables: found when a connection needs them, off the loop, because files are read. What was read is kept
 * as {@code ssl_certificate_cache} says; without it files are read each time, but one context serves as long as they say the same. One per
 * place in a configuration; the names are evaluated on a loop, all else is on virtual threads.
 */
public final class VariableCertificates implements AutoCloseable {
    private static final int KEPT = 256;

    /**
     * {@code ssl_certificate_cache} and its kin.
     *
     * @param max            how many; 0 for none
     * @param inactiveMillis for how long one is kept that nobody asks for
     * @param validMillis    for how long one is used before its file is looked at again
     */
    public record Cache(int max, long inactiveMillis, long validMillis) {
        /** {@code off}. */
        public static final Cache OFF = new Cache(0, 0, 0);
    }

    /** A pair as named by the configuration. */
    public record Pair(Template certificate, Template key) {}

    /** What came of it: a context to use and to close the lease of, or a message. */
    public sealed interface Found {
        /** There it is. */
        record Context(TlsContexts.Lease lease) implements Found {}

        /** It can't be had; as nginx logs it. */
        record Failed(String message) implements Found {}
    }

    private static final class Kept {
        final TlsContexts.Lease lease;
        final long readNanos = System.nanoTime();
        long usedNanos = readNanos;

        Kept(TlsContexts.Lease lease) {
            this.lease = lease;
        }
    }

    private final List<Pair> pairs;
    private final List<String> passwords;
    private final UnaryOperator<String> resolve;
    private final Function<@Nullable TlsIdentity, TlsSettings> settings;
    private final Cache cache;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /**
     * One place.
     *
     * @param resolve  makes a whole path of a relative one
     * @param settings all that belongs to a context but the certificate
     */
    public VariableCertificates(List<Pair> pairs, List<String> passwords, UnaryOperator<String> resolve,
            Function<@Nullable TlsIdentity, TlsSettings> settings, Cache cache) {
        this.pairs = List.copyOf(pairs);
        this.passwords = List.copyOf(passwords);
        this.resolve = resolve;
        this.settings = settings;
        this.cache = cache;
    }

    /** The names as they are for this exchange: certificate and key in turn. On its loop. */
    public List<String> names(Exchange ex) {
        List<String> names = new ArrayList<>(pairs.size() * 2);
        for (Pair pair : pairs) {
            names.add(full(pair.certificate().value(ex)));
            names.add(full(pair.key().value(ex)));
        }
        return names;
    }

    private String full(String name) {
        return name.isEmpty() || name.startsWith(TlsFiles.DATA) ? name : resolve.apply(name);
    }

    /** Finds the context for names, and says so on {@code loop}'s thread by way of {@code execute}. */
    public void find(List<String> names, Consumer<Runnable> execute, Consumer<Found> found) {
        Thread.ofVirtual().name("certificate").start(() -> {
            Found result = find(names);
            execute.accept(() -> found.accept(result));
        });
    }

    @ControlPlane("a virtual thread; reads files")
    private Found find(List<String> names) {
        String key = String.join("\n", names);
        try {
            TlsContexts.Lease fresh = fromCache(key);
            if (fresh == null) {
                fresh = TlsContexts.process().lease(settings.apply(read(names)));
                // nginx: a key that takes a password is not kept
                if (cache.max() == 0 || names.getLast().isEmpty() || !TlsFiles.direct().isEncrypted(names.getLast())) {
                    keep(key, TlsContexts.process().lease(fresh.context().settings()));
                }
            }
            return new Found.Context(fresh);
        } catch (TlsSettingsException | RuntimeException e) {
            return new Found.Failed(String.valueOf(e.getMessage()));
        }
    }

    @ControlPlane("a virtual thread; a lock")
    private synchronized TlsContexts.@Nullable Lease fromCache(String key) throws TlsSettingsException {
        Kept known = cache.max() == 0 ? null : kept.get(key);
        long now = System.nanoTime();
        if (known == null || now - known.readNanos > cache.validMillis() * 1_000_000
                || now - known.usedNanos > cache.inactiveMillis() * 1_000_000) {
            return null;
        }
        known.usedNanos = now;
        return TlsContexts.process().lease(known.lease.context().settings());
    }

    @ControlPlane("a virtual thread; a lock")
    private synchronized void keep(String key, TlsContexts.Lease lease) {
        Kept before = closed ? null : kept.put(key, new Kept(lease));
        if (closed) {
            lease.close();
        }
        if (before != null) {
            before.lease.close();
        }
        // nginx counts certificates and keys
        int most = cache.max() == 0 ? KEPT : Math.max(1, cache.max() / 2);
        var oldest = kept.entrySet().iterator();
        while (kept.size() > most && oldest.hasNext()) {
            oldest.next().getValue().lease.close();
            oldest.remove();
        }
    }

    /** The last pair wins, as there can be but one context here. */
    @ControlPlane("a virtual thread; reads files")
    private @Nullable TlsIdentity read(List<String> names) throws TlsSettingsException {
        String certificate = names.get(names.size() - 2);
        if (certificate.isEmpty()) {
            // A client may show none; who must is a server, and its context can't be made.
            return null;
        }
        String key = names.getLast();
        return load(TlsFiles.direct(), certificate, key, passwords);
    }

    /** Reads a certificate with its key; what is wrong is said as nginx does. */
    @ControlPlane("whoever loads a configuration, or a virtual thread; reads files")
    public static TlsIdentity load(TlsFiles files, String certificate, String key, List<String> passwords)
            throws TlsSettingsException {
        List<X509Certificate> chain;
        try {
            chain = files.chain(certificate);
        } catch (TlsSettingsException e) {
            throw new TlsSettingsException("cannot load certificate \"" + certificate + "\": " + e.getMessage());
        }
        PrivateKey secret;
        try {
            secret = files.key(key, passwords);
        } catch (TlsSettingsException e) {
            throw new TlsSettingsException("cannot load certificate key \"" + key + "\": " + e.getMessage());
        }
        if (!TlsFiles.match(secret, chain.getFirst())) {
            throw new TlsSettingsException("SSL_CTX_use_PrivateKey(\"" + key
                    + "\") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)");
        }
        return new TlsIdentity(chain, secret);
    }

    @Override
    @ControlPlane("whoever drops the configuration; a lock")
    public synchronized void close() {
        closed = true;
        kept.values().forEach(one -> one.lease.close());
        kept.clear();
    }
}
