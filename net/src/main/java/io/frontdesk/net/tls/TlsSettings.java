package io.frontdesk.net.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that makes a context, whose cost is such that equal settings share one. A value; control plane.
 *
 * @param client           whether it is for connections that we make
 * @param identity         what we show, null for nothing
 * @param protocols        in nginx's spelling: {@code TLSv1.2}
 * @param ciphers          in OpenSSL's spelling; null for the library's own choice
 * @param ownCipherOrder   whether our order decides, not the client's
 * @param groups           in OpenSSL's spelling, with colons; null for the library's own choice
 * @param asksClient       whether a client is asked for a certificate
 * @param namedAuthorities whose names it is told then
 * @param sessions         how sessions are taken up again
 * @param stapled          an OCSP response for our certificate; null for none
 * @param applications     the application protocols that we speak; none for not to say
 * @param recordBytes      the size of the records that we write
 */
public record TlsSettings(boolean client, @Nullable TlsIdentity identity, Set<String> protocols,
        @Nullable String ciphers, boolean ownCipherOrder, @Nullable String groups, boolean asksClient,
        List<X509Certificate> namedAuthorities, Sessions sessions, byte @Nullable [] stapled,
        List<String> applications, int recordBytes) {

    /**
     * How sessions are taken up again.
     *
     * @param cached         whether the server keeps sessions by their numbers
     * @param cacheSize      how many
     * @param timeoutSeconds for how long a session may be taken up
     * @param tickets        whether clients get tickets
     * @param ticketKeys     the keys of these, the one that is used first; none for keys of its own
     * @param scope          sessions of another scope are not taken up
     */
    public record Sessions(boolean cached, int cacheSize, long timeoutSeconds, boolean tickets,
            List<byte[]> ticketKeys, String scope) {
        /** Of connections that we make. */
        public static Sessions client(boolean reused) {
            return new Sessions(reused, 20_000, 300, reused, List.of(), "");
        }
    }

    /** What tells these settings from others: a digest over all of them. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String words = client + "|" + new TreeSet<>(protocols) + "|" + ciphers + "|" + ownCipherOrder + "|" + groups
                    + "|" + asksClient + "|" + sessions.cached + "|" + sessions.cacheSize + "|"
                    + sessions.timeoutSeconds + "|" + sessions.tickets + "|" + sessions.scope + "|" + applications + "|"
                    + recordBytes;
            digest.update(words.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            add(digest, namedAuthorities);
            for (byte[] key : sessions.ticketKeys) {
                add(digest, key);
            }
            if (stapled != null) {
                add(digest, stapled);
            }
            if (identity != null) {
                add(digest, identity.chain());
                add(digest, identity.key().getEncoded());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no digest of settings", e);
        }
    }

    private static void add(MessageDigest digest, List<X509Certificate> certificates) throws GeneralSecurityException {
        for (X509Certificate certificate : certificates) {
            add(digest, certificate.getEncoded());
        }
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update((byte) (bytes.length >> 16));
        digest.update((byte) (bytes.length >> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }
}
