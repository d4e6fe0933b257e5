package io.frontdesk.modules.sticky;

import io.frontdesk.codec.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A session by 128 bits of a digest of its name: of fixed size whatever a client sends, and nobody can make two the same. A value. */
record SessionKey(long first, long second) {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static SessionKey of(Bytes name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.array(), 0, name.length());
            byte[] bytes = digest.digest();
            return new SessionKey((long) LONG.get(bytes, 0), (long) LONG.get(bytes, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
