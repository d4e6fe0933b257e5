package io.frontdesk.modules.authbasic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of passwords that turned out right, so that a client that sends its password with each request costs one slow comparison only.
 * What is kept is a keyed hash, and nothing of it outlives the process. One per loop.
 */
final class KnownPasswords {
    private static final int MAX_KEPT = 256;
    private static final byte[] KEY = key();

    private final Map<String, Boolean> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, Boolean> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private static byte[] key() {
        byte[] key = new byte[32];
        new java.security.SecureRandom().nextBytes(key);
        return key;
    }

    private static String hash(StoredPassword stored, String password) {
        MessageDigest sha = Md5Crypt.digest("SHA-256");
        sha.update(KEY);
        sha.update(stored.text().getBytes(StandardCharsets.ISO_8859_1));
        sha.update((byte) 0);
        return new String(sha.digest(password.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    boolean contains(StoredPassword stored, String password) {
        return kept.get(hash(stored, password)) != null;
    }

    void add(StoredPassword stored, String password) {
        kept.put(hash(stored, password), Boolean.TRUE);
    }
}
