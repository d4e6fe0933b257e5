package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The MD5 of a key: its name in the index and on the disk, as nginx has it. Immutable. */
record CacheKey(long high, long low) implements Comparable<CacheKey> {
    static final int HEX_DIGITS = 32;
    private static final int HALF_DIGITS = HEX_DIGITS / 2;

    /** That of a key's text. */
    static CacheKey of(Bytes text) {
        MessageDigest md5 = md5();
        md5.update(text.array(), 0, text.length());
        return of(md5);
    }

    /** Ends a digest. */
    static CacheKey of(MessageDigest md5) {
        byte[] digest = md5.digest();
        return new CacheKey(half(digest, 0), half(digest, 8));
    }

    private static long half(byte[] digest, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | digest[i] & 0xff;
        }
        return value;
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a file's name; null when it is none of ours. */
    static @Nullable CacheKey parse(String hex) {
        if (hex.length() != HEX_DIGITS || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            return null;
        }
        return new CacheKey(HexFormat.fromHexDigitsToLong(hex, 0, HALF_DIGITS),
                HexFormat.fromHexDigitsToLong(hex, HALF_DIGITS, HEX_DIGITS));
    }

    /** As the name of a file. */
    String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    /** So that keys which somebody made to collide in a hash table do it no harm. */
    @Override
    public int compareTo(CacheKey other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }
}
