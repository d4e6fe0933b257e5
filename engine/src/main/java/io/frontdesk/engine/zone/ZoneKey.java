package io.frontdesk.engine.zone;

import io.frontdesk.codec.Bytes;
import java.util.Arrays;

/**
 * The key of an entry in a zone: some bytes of a request. Keys whose hashes collide, by chance or by design, are told apart by order, so
 * that a map of them stays fast. Immutable.
 */
public final class ZoneKey implements Comparable<ZoneKey> {
    private final byte[] bytes;
    private final int hash;

    /** A copy of {@code value}. */
    public ZoneKey(Bytes value) {
        this.bytes = value.toArray();
        this.hash = Arrays.hashCode(bytes);
    }

    @Override
    public int compareTo(ZoneKey other) {
        return Arrays.compare(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ZoneKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
