package io.frontdesk.modules.securelink;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.engine.request.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** {@code secure_link_secret}: links of the form {@code /prefix/hash/link}, taken from the target as sent. */
record SecretCheck(String secret) implements LinkCheck {
    private static final int HASH_DIGITS = 32;

    @Override
    public boolean append(Exchange ex, Bytes out) {
        RequestHead head = ex.request();
        byte[] in = head.bytes().array();
        int end = head.rawTargetOffset() + head.rawTargetLength();
        int hash = Octets.indexOf((byte) '/', in, head.rawTargetOffset() + 1, end) + 1;
        int link = Octets.indexOf((byte) '/', in, Math.min(hash, end), end) + 1;
        if (link >= end || link - 1 - hash != HASH_DIGITS) {
            return false;
        }
        byte[] sent;
        try {
            sent = HexFormat.of().parseHex(new String(in, hash, HASH_DIGITS, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return false;
        }
        MessageDigest md5 = LinkCheck.md5();
        md5.update(in, link, end - link);
        md5.update(secret.getBytes(StandardCharsets.ISO_8859_1));
        if (!MessageDigest.isEqual(sent, md5.digest())) {
            return false;
        }
        out.write(in, link, end - link);
        return true;
    }
}
