package io.frontdesk.modules.securelink;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How links are checked in one location. Immutable, shared by all loops. */
sealed interface LinkCheck permits HashCheck, SecretCheck {
    /** Appends {@code $secure_link}; false when the link is wrong. */
    boolean append(Exchange ex, Bytes out);

    /** A new digest. nginx's links are made with MD5; the secret in what is hashed is what protects them. */
    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
