package io.frontdesk.net.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** The small C structures that file calls take and give. */
final class Structures {
    private static final long TIMESPEC_BYTES = 16;

    private Structures() {}

    /** Writes the n-th {@code struct timespec}, a whole second. */
    static void writeTime(MemorySegment target, int index, long seconds) {
        target.set(JAVA_LONG, index * TIMESPEC_BYTES, seconds);
        target.set(JAVA_LONG, index * TIMESPEC_BYTES + 8, 0);
    }

    /** A C string as a byte string. */
    static String byteString(MemorySegment source, long offset) {
        long end = offset;
        while (source.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        byte[] bytes = new byte[(int) (end - offset)];
        MemorySegment.copy(source, JAVA_BYTE, offset, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
