package io.frontdesk.net.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library, all called through one shape: four 64-bit words in, one out, {@code errno} caught with
 * the call.
 * On the two ABIs that we support (System V x86-64, AAPCS64) an {@code int} or a pointer travels in the same register
 * as a
 * {@code long}, and registers that a callee does not read are free, so one linked shape serves them all. Each further
 * shape
 * would cost about four milliseconds of start-up. Any thread; the {@link Scratch} is the calling thread's own.
 */
public final class Libc {
    /** {@code errno} of a function that is not there; what every call answers on a platform that is not supported. */
    public static final int ENOSYS = 38;

    private static final int EINTR = 4;
    private static final String ERRNO = "errno";
    private static final NativeLibrary LIBRARY = NativeLibrary.c();
    private static final @Nullable String UNSUPPORTED = unsupported();
    private static final @Nullable MethodHandle CALL = UNSUPPORTED == null ? link() : null;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement(ERRNO));

    private Libc() {}

    /** Why native calls cannot be made, or which functions are missing; null when all is well. */
    public static @Nullable String problem() {
        if (UNSUPPORTED != null) {
            return UNSUPPORTED;
        }
        return CALL == null
                ? "native access is not allowed; start java with --enable-native-access=ALL-UNNAMED"
                : LIBRARY.problem();
    }

    /** True for a 64-bit Linux on ARM, whose constants and structures differ in places. */
    public static boolean isArm() {
        return "aarch64".equals(System.getProperty("os.arch"));
    }

    /**
     * The address of a function of the C library, for {@link #call}; {@link MemorySegment#NULL} where it is missing.
     */
    public static MemorySegment function(String name) {
        return UNSUPPORTED == null ? LIBRARY.function(name) : MemorySegment.NULL;
    }

    /** Calls a function that returns an {@code int}: its result, or {@code -errno} where it returned -1. */
    public static int call(MemorySegment function, Scratch scratch, long a, long b, long c, long d) {
        // The upper half of the register is undefined for an int.
        int result = (int) invoke(function, scratch, a, b, c, d);
        return result == -1 ? -errno(scratch) : result;
    }

    /** As {@link #call}; begins again when a signal interrupted it. */
    public static int callAgain(MemorySegment function, Scratch scratch, long a, long b, long c, long d) {
        int result = call(function, scratch, a, b, c, d);
        while (result == -EINTR) {
            result = call(function, scratch, a, b, c, d);
        }
        return result;
    }

    /** As {@link #callAgain}, for a function that returns a {@code ssize_t}. */
    public static long callLong(MemorySegment function, Scratch scratch, long a, long b, long c, long d) {
        while (true) {
            long result = invoke(function, scratch, a, b, c, d);
            if (result != -1) {
                return result;
            }
            int errno = errno(scratch);
            if (errno != EINTR) {
                return -errno;
            }
        }
    }

    /** Calls a function that returns a pointer: 0 for NULL, and then {@link #errno} says why. */
    public static long callPointer(MemorySegment function, Scratch scratch, long a, long b) {
        long result = invoke(function, scratch, a, b, 0, 0);
        return result == -1 ? 0 : result;
    }

    /** The {@code errno} of this thread's last call. */
    public static int errno(Scratch scratch) {
        return scratch.state.get(JAVA_INT, ERRNO_OFFSET);
    }

    static StructLayout stateLayout() {
        return STATE;
    }

    private static long invoke(MemorySegment function, Scratch scratch, long a, long b, long c, long d) {
        MethodHandle call = CALL;
        if (call == null || function.address() == 0) {
            scratch.state.set(JAVA_INT, ERRNO_OFFSET, ENOSYS);
            return -1;
        }
        try {
            return (long) call.invokeExact(function, scratch.state, a, b, c, d);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable MethodHandle link() {
        try {
            return Linker.nativeLinker().downcallHandle(
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.captureCallState(ERRNO));
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static @Nullable String unsupported() {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "");
        boolean known = system.toLowerCase(Locale.ROOT).startsWith("linux")
                && (processor.equals("amd64") || processor.equals("x86_64") || processor.equals("aarch64"));
        return known ? null : "native calls need Linux on x86_64 or aarch64; this is " + system + " on " + processor;
    }
}
