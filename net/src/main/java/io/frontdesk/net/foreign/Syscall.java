package io.frontdesk.net.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library that take more than {@link Libc} passes on: seven 64-bit words in, one out, no {@code errno}. A shape of its
 * own, linked when the first such call is made. Any thread.
 */
public final class Syscall {
    private static final @Nullable MethodHandle CALL = Libc.problem() == null ? link() : null;
    private static final MemorySegment SYSCALL = Libc.function("syscall");
    private static final MemorySegment MMAP = Libc.function("mmap");

    private Syscall() {}

    /** Makes the system call of this number: its result, or -1 when it failed or calls can't be made here. */
    public static long call(long number, long a, long b, long c, long d, long e, long f) {
        return invoke(SYSCALL, number, a, b, c, d, e, f);
    }

    /** Maps {@code length} bytes of a descriptor, shared, to read and write: the address, or -1. */
    public static long map(long length, int fd, long offset) {
        int readAndWrite = 3;
        int sharedAndPopulated = 0x8001;
        return invoke(MMAP, 0, length, readAndWrite, sharedAndPopulated, fd, offset, 0);
    }

    private static long invoke(MemorySegment function, long a, long b, long c, long d, long e, long f, long g) {
        MethodHandle call = CALL;
        if (call == null || function.address() == 0) {
            return -1;
        }
        try {
            return (long) call.invokeExact(function, a, b, c, d, e, f, g);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    private static @Nullable MethodHandle link() {
        try {
            return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }
}
