package io.frontdesk.net.regex;

import java.nio.charset.StandardCharsets;

/**
 * A subject that counts how often the engine looks at it, and ends the match at a limit: {@code java.util.regex} has
 * none of its own.
 * One for one match.
 */
final class MeteredText implements CharSequence {
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private int left;

    MeteredText(byte[] bytes, int offset, int length, int limit) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.left = limit;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw LimitReached.INSTANCE;
        }
        return (char) (bytes[offset + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new MeteredText(bytes, offset + start, end - start, left);
    }

    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** Thrown through the engine, and caught around it. */
    static final class LimitReached extends RuntimeException {
        static final LimitReached INSTANCE = new LimitReached();

        private LimitReached() {
            super("step limit", null, false, false);
        }
    }
}
