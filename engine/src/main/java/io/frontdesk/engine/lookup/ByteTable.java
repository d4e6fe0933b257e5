package io.frontdesk.engine.lookup;

import io.frontdesk.codec.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings to values, compared without regard to the case of ASCII letters. Open addressing at a load of at most a half, so a search
 * of what clients send costs no more than the keys of the configuration make it. Immutable, any thread.
 */
public final class ByteTable<V> {
    private final byte[] @Nullable [] keys;
    private final int[] hashes;
    private final @Nullable Object[] values;
    private final int mask;
    private final int size;

    /** A table of these entries; one char of a key is one byte. */
    public ByteTable(Map<String, ? extends V> entries) {
        size = entries.size();
        int capacity = Integer.highestOneBit(Math.max(2, size) * 2 - 1) * 2;
        keys = new byte[capacity][];
        hashes = new int[capacity];
        values = new @Nullable Object[capacity];
        mask = capacity - 1;
        entries.forEach(this::put);
    }

    private void put(String text, V value) {
        byte[] key = text.getBytes(StandardCharsets.ISO_8859_1);
        int hash = hash(key, 0, key.length);
        int i = hash & mask;
        while (keys[i] != null) {
            i = i + 1 & mask;
        }
        keys[i] = key;
        hashes[i] = hash;
        values[i] = value;
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    /** The value of a key that is a range of bytes, or null. */
    @SuppressWarnings("unchecked") // put stores nothing but V
    public @Nullable V find(byte[] bytes, int offset, int length) {
        if (size == 0) {
            return null;
        }
        int hash = hash(bytes, offset, length);
        for (int i = hash & mask;; i = i + 1 & mask) {
            byte[] key = keys[i];
            if (key == null) {
                return null;
            }
            if (hashes[i] == hash && key.length == length && Octets.equalsFolded(key, 0, bytes, offset, length)) {
                return (V) values[i];
            }
        }
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + Octets.lower(bytes[i]);
        }
        return hash ^ hash >>> 15;
    }
}
