package io.frontdesk.modules.authbasic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of passwords by MD5 with a thousand rounds: {@code $1$} of Unix, {@code $apr1$} of htpasswd. Stateless. */
final class Md5Crypt {
    private static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ROUNDS = 1000;
    private static final int MAX_SALT = 8;

    private Md5Crypt() {}

    static MessageDigest md5() {
        return digest("MD5");
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash of a password with the magic and the salt that {@code setting} begins with. */
    static String hash(String magic, String password, String setting) {
        int end = magic.length();
        while (end < setting.length() && end < magic.length() + MAX_SALT && setting.charAt(end) != '$') {
            end++;
        }
        String salt = setting.substring(magic.length(), end);
        byte[] key = password.getBytes(StandardCharsets.ISO_8859_1);
        byte[] saltBytes = salt.getBytes(StandardCharsets.ISO_8859_1);
        byte[] mixed = round0(magic.getBytes(StandardCharsets.ISO_8859_1), key, saltBytes);
        MessageDigest md5 = md5();
        for (int i = 0; i < ROUNDS; i++) {
            boolean odd = (i & 1) != 0;
            md5.update(odd ? key : mixed);
            if (i % 3 != 0) {
                md5.update(saltBytes);
            }
            if (i % 7 != 0) {
                md5.update(key);
            }
            md5.update(odd ? mixed : key);
            mixed = md5.digest();
        }
        StringBuilder out = new StringBuilder(magic).append(salt).append('$');
        for (int i = 0; i < 5; i++) {
            int third = i == 4 ? 5 : i + 12;
            digits((mixed[i] & 0xff) << 16 | (mixed[i + 6] & 0xff) << 8 | mixed[third] & 0xff, 4, out);
        }
        digits(mixed[11] & 0xff, 2, out);
        return out.toString();
    }

    private static byte[] round0(byte[] magic, byte[] key, byte[] salt) {
        MessageDigest md5 = md5();
        md5.update(key);
        md5.update(salt);
        byte[] inner = md5.digest(key);
        md5.update(key);
        md5.update(magic);
        md5.update(salt);
        for (int left = key.length; left > 0; left -= 16) {
            md5.update(inner, 0, Math.min(left, 16));
        }
        for (int i = key.length; i > 0; i >>= 1) {
            md5.update((i & 1) != 0 ? 0 : key[0]);
        }
        return md5.digest();
    }

    private static void digits(int value, int count, StringBuilder out) {
        int left = value;
        for (int i = 0; i < count; i++) {
            out.append(DIGITS.charAt(left & 0x3f));
            left >>= 6;
        }
    }
}
