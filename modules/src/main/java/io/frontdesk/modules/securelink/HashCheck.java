package io.frontdesk.modules.securelink;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * {@code secure_link} and {@code secure_link_md5}.
 *
 * @param link the hash in base64 for URLs, and perhaps a comma and a second
 * @param text what is hashed
 */
record HashCheck(Template link, Template text) implements LinkCheck {
    private static final int LONGEST_HASH = 24;
    private static final int HASH_BYTES = 16;

    @Override
    public boolean append(Exchange ex, Bytes out) {
        String value = link.value(ex);
        int comma = value.indexOf(',');
        long expires = 0;
        if (comma >= 0) {
            expires = second(value.substring(comma + 1));
            if (expires <= 0) {
                return false;
            }
        }
        byte[] hash = decode(comma < 0 ? value : value.substring(0, comma));
        if (hash.length != HASH_BYTES || !MessageDigest.isEqual(hash, digest(ex))) {
            return false;
        }
        out.write(expires != 0 && expires < ex.worker().clock().wallSeconds() ? '0' : '1');
        return true;
    }

    boolean appendExpires(Exchange ex, Bytes out) {
        String value = link.value(ex);
        int comma = value.indexOf(',');
        if (comma < 0 || second(value.substring(comma + 1)) <= 0) {
            return false;
        }
        out.write(value, comma + 1, value.length());
        return true;
    }

    private byte[] digest(Exchange ex) {
        Bytes in = ex.worker().takeScratch();
        try {
            text.append(ex, in);
            MessageDigest md5 = LinkCheck.md5();
            md5.update(in.array(), 0, in.length());
            return md5.digest();
        } finally {
            ex.worker().giveBackScratch(in);
        }
    }

    private static byte[] decode(String text) {
        if (text.length() > LONGEST_HASH) {
            return new byte[0];
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static long second(String text) {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(text);
    }
}
