package io.frontdesk.engine.core;

import io.frontdesk.engine.request.RequestUri;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code types} and {@code default_type}: the media type of a file name's extension. Immutable, shared by all loops; open addressing over
 * bytes, so that a look-up makes no String.
 */
public final class MimeTypes {
    private final byte[] @Nullable [] keys;
    private final byte[][] values;
    private final int mask;
    private final byte[] defaultType;

    /** Extensions (lower case, without the dot) to types. */
    public MimeTypes(Map<String, String> types, String defaultType) {
        int size = Integer.highestOneBit(Math.max(8, types.size() * 4));
        keys = new byte[size][];
        values = new byte[size][];
        mask = size - 1;
        this.defaultType = defaultType.getBytes(StandardCharsets.ISO_8859_1);
        types.forEach((extension, type) -> {
            byte[] key = extension.getBytes(StandardCharsets.ISO_8859_1);
            int i = hash(key, 0, key.length) & mask;
            while (keys[i] != null) {
                i = i + 1 & mask;
            }
            keys[i] = key;
            values[i] = type.getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    /** The type of the file that a URI names. Not to be changed. */
    public byte[] find(RequestUri uri) {
        byte[] bytes = uri.pathBytes();
        int end = uri.pathOffset() + uri.pathLength();
        // nginx: a dot behind a slash begins no extension
        for (int i = end - 1; i > uri.pathOffset() + 1; i--) {
            if (bytes[i] == '.' && bytes[i - 1] != '/') {
                return find(bytes, i + 1, end - i - 1);
            }
            if (bytes[i] == '/') {
                break;
            }
        }
        return defaultType;
    }

    /** The type of an extension in any case, given as a range; the default type when it has none. Not to be changed. */
    public byte[] find(byte[] bytes, int offset, int length) {
        int i = hash(bytes, offset, length) & mask;
        while (true) {
            byte[] key = keys[i];
            if (key == null) {
                return defaultType;
            }
            if (key.length == length && same(key, bytes, offset)) {
                return values[i];
            }
            i = i + 1 & mask;
        }
    }

    /** {@code default_type}. Not to be changed. */
    public byte[] defaultType() {
        return defaultType;
    }

    private static boolean same(byte[] key, byte[] bytes, int offset) {
        for (int i = 0; i < key.length; i++) {
            if (key[i] != lower(bytes[offset + i])) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int h = 17;
        for (int i = 0; i < length; i++) {
            h = h * 31 + lower(bytes[offset + i]);
        }
        return h ^ h >>> 15;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
