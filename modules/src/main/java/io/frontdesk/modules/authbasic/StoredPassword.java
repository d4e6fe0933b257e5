package io.frontdesk.modules.authbasic;

import io.frontdesk.net.crypt.SystemCrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * A password as a file stores it: as it is, or hashed in some way. A value.
 *
 * @param text what stands behind the name; one byte a char
 */
record StoredPassword(String text) {
    private static final int SHA1_BYTES = 20;

    /** What a comparison shows. */
    enum Verdict {
        /** It is the password. */
        RIGHT,
        /** It is not. */
        WRONG,
        /** The way of hashing is not known here. */
        UNKNOWN
    }

    /** Whether a comparison takes so long that it must not be done on a loop. */
    boolean isSlow() {
        return !text.startsWith("{PLAIN}") && !text.startsWith("{SHA}") && !text.startsWith("{SSHA}");
    }

    /** Compares; takes the same time wherever the difference is. */
    Verdict compare(String password) {
        if (text.startsWith("{PLAIN}")) {
            return verdict(equal(text.substring(7), password));
        }
        if (text.startsWith("{SHA}")) {
            return verdict(isSha1(text.substring(5), password, false));
        }
        if (text.startsWith("{SSHA}")) {
            return verdict(isSha1(text.substring(6), password, true));
        }
        if (text.startsWith("$apr1$")) {
            return verdict(equal(text, Md5Crypt.hash("$apr1$", password, text)));
        }
        if (text.startsWith("$1$")) {
            return verdict(equal(text, Md5Crypt.hash("$1$", password, text)));
        }
        String hash = SystemCrypt.crypt(password, text);
        return hash == null ? Verdict.UNKNOWN : verdict(equal(text, hash));
    }

    private static Verdict verdict(boolean right) {
        return right ? Verdict.RIGHT : Verdict.WRONG;
    }

    private static boolean isSha1(String encoded, String password, boolean salted) {
        byte[] stored;
        try {
            stored = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (stored.length < SHA1_BYTES || !salted && stored.length > SHA1_BYTES) {
            return false;
        }
        MessageDigest sha = Md5Crypt.digest("SHA-1");
        sha.update(password.getBytes(StandardCharsets.ISO_8859_1));
        sha.update(stored, SHA1_BYTES, stored.length - SHA1_BYTES);
        return MessageDigest.isEqual(sha.digest(), Arrays.copyOf(stored, SHA1_BYTES));
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.ISO_8859_1),
                other.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says nothing of itself: it must not come into a log. */
    @Override
    public String toString() {
        return "StoredPassword";
    }
}
