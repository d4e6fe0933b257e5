package io.frontdesk.net.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The native memory that one thread lends to its C calls, so that a call allocates nothing. What it holds is
 * overwritten by the
 * thread's next call. Reached by {@link #local}; freed some time after its thread has gone.
 */
public final class Scratch {
    /** The longest path that the kernel takes, with its closing NUL. */
    public static final int PATH_BYTES = 4096;

    /** Size of {@link #buffer}. */
    public static final int BUFFER_BYTES = 64 * 1024;

    private static final int EINVAL = 22;
    private static final int ENAMETOOLONG = 36;
    private static final int STRUCT_BYTES = 256;

    private static final FastThreadLocal<Scratch> LOCAL = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    final MemorySegment state;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment struct;
    private final MemorySegment firstPath;
    private final MemorySegment secondPath;
    private @Nullable MemorySegment buffer;

    private Scratch() {
        state = arena.allocate(Libc.stateLayout());
        struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
        firstPath = arena.allocate(PATH_BYTES);
        secondPath = arena.allocate(PATH_BYTES);
    }

    /** The calling thread's scratch. */
    public static Scratch local() {
        return LOCAL.get();
    }

    /** Room for one C structure, such as {@code struct stat}. */
    public MemorySegment struct() {
        return struct;
    }

    /** Room for data on its way between the kernel and the Java heap: {@link #BUFFER_BYTES}. */
    public MemorySegment buffer() {
        MemorySegment current = buffer;
        if (current == null) {
            current = arena.allocate(BUFFER_BYTES, Long.BYTES);
            buffer = current;
        }
        return current;
    }

    /** The bytes that {@link #path} wrote last, to be cut into components in place. */
    public MemorySegment pathBytes() {
        return firstPath;
    }

    /** Writes a byte string as a C string; its address, or {@code -errno} where no file can have that name. */
    public long path(String path) {
        return write(firstPath, path);
    }

    /** As {@link #path(String)}, beside it: for calls that take two paths. */
    public long otherPath(String path) {
        return write(secondPath, path);
    }

    /** As {@link #path(String)}, from a range of bytes. */
    public long path(byte[] path, int offset, int length) {
        if (length >= PATH_BYTES) {
            return -ENAMETOOLONG;
        }
        for (int i = offset; i < offset + length; i++) {
            if (path[i] == 0) {
                return -EINVAL;
            }
        }
        MemorySegment.copy(path, offset, firstPath, JAVA_BYTE, 0, length);
        firstPath.set(JAVA_BYTE, length, (byte) 0);
        return firstPath.address();
    }

    private static long write(MemorySegment target, String path) {
        if (path.length() >= PATH_BYTES) {
            return -ENAMETOOLONG;
        }
        // C would open the part before the NUL: another file than the one that was checked.
        if (path.indexOf('\0') >= 0) {
            return -EINVAL;
        }
        target.setString(0, path, StandardCharsets.ISO_8859_1);
        return target.address();
    }
}
