package io.frontdesk.net.regex;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.frontdesk.net.foreign.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The library's functions, all called through one shape of seven words: a callee does not look at words that it has no
 * parameter for,
 * and each further shape would cost about four milliseconds of start-up. The numbers are those of pcre2.h.
 */
final class Pcre2 {
    static final int CASELESS = 0x8;
    static final int USE_OFFSET_LIMIT = 0x00800000;
    static final int NO_JIT = 0x2000;
    static final int UTF = 0x00080000;
    static final int ANCHORED = 0x80000000;
    static final long UNSET = -1;

    static final int NO_MATCH = -1;
    static final int JIT_STACK_LIMIT = -46;
    static final int MATCH_LIMIT = -47;
    static final int DEPTH_LIMIT = -53;
    static final int HEAP_LIMIT = -63;

    static final int INFO_ALL_OPTIONS = 0;
    static final int INFO_CAPTURE_COUNT = 4;
    static final int INFO_NAME_COUNT = 17;
    static final int INFO_NAME_ENTRY_SIZE = 18;
    static final int INFO_NAME_TABLE = 19;

    private static final int CONFIG_VERSION = 11;
    private static final int JIT_COMPLETE = 1;
    private static final int MESSAGE_BYTES = 256;

    private static final NativeLibrary LIBRARY = NativeLibrary.firstOf("libpcre2-8.so.0", "libpcre2-8.so",
            "libpcre2-8.dylib");
    private static final MemorySegment CONFIG = LIBRARY.function("pcre2_config_8");
    private static final MemorySegment COMPILE = LIBRARY.function("pcre2_compile_8");
    private static final MemorySegment CODE_FREE = LIBRARY.function("pcre2_code_free_8");
    private static final MemorySegment JIT_COMPILE = LIBRARY.function("pcre2_jit_compile_8");
    private static final MemorySegment PATTERN_INFO = LIBRARY.function("pcre2_pattern_info_8");
    private static final MemorySegment ERROR_MESSAGE = LIBRARY.function("pcre2_get_error_message_8");
    private static final MemorySegment MATCH = LIBRARY.function("pcre2_match_8");
    private static final MemorySegment JIT_MATCH = LIBRARY.function("pcre2_jit_match_8");
    private static final MemorySegment DATA_CREATE = LIBRARY.function("pcre2_match_data_create_8");
    private static final MemorySegment DATA_FREE = LIBRARY.function("pcre2_match_data_free_8");
    private static final MemorySegment OVECTOR = LIBRARY.function("pcre2_get_ovector_pointer_8");
    private static final MemorySegment CONTEXT_CREATE = LIBRARY.function("pcre2_match_context_create_8");
    private static final MemorySegment CONTEXT_FREE = LIBRARY.function("pcre2_match_context_free_8");
    private static final MemorySegment SET_MATCH_LIMIT = LIBRARY.function("pcre2_set_match_limit_8");
    private static final MemorySegment SET_HEAP_LIMIT = LIBRARY.function("pcre2_set_heap_limit_8");
    private static final MemorySegment SET_OFFSET_LIMIT = LIBRARY.function("pcre2_set_offset_limit_8");
    private static final @Nullable MethodHandle CALL = LIBRARY.problem() == null ? link() : null;

    private Pcre2() {}

    /** Why the library cannot be used; null where it can. */
    static @Nullable String problem() {
        String problem = LIBRARY.problem();
        return problem != null || CALL != null
                ? problem
                : "native access is not allowed; start java with --enable-native-access=ALL-UNNAMED";
    }

    /** As the library names itself: {@code 10.42 2022-12-11}. */
    static String version() {
        if (problem() != null) {
            return "(not loaded)";
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(MESSAGE_BYTES);
            call(CONFIG, CONFIG_VERSION, text.address(), 0, 0, 0, 0, 0);
            return text.getString(0, StandardCharsets.ISO_8859_1);
        }
    }

    /** Compiles to code that is freed when nothing refers to the segment; JIT code too where that can be had. */
    static MemorySegment compile(String pattern, int options) throws RegexException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(pattern, StandardCharsets.ISO_8859_1);
            MemorySegment error = arena.allocate(16, 8);
            long code = call(COMPILE, text.address(), pattern.length(), options, error.address(), error.address() + 8,
                    0, 0);
            if (code == 0) {
                throw new RegexException(pattern, message(arena, error.get(JAVA_INT, 0)),
                        (int) Math.clamp(error.get(JAVA_LONG, 8), 0, pattern.length()));
            }
            return owned(code, 0, CODE_FREE);
        }
    }

    /** Compiles to machine code; false where the library or the system does not let it. */
    static boolean jitCompile(MemorySegment code) {
        return (int) call(JIT_COMPILE, code.address(), JIT_COMPLETE, 0, 0, 0, 0, 0) == 0;
    }

    /** A number of {@code pcre2_pattern_info}; 32 bits unless it is a pointer. */
    static long info(MemorySegment code, int what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(8, 8);
            call(PATTERN_INFO, code.address(), what, answer.address(), 0, 0, 0, 0);
            return answer.get(JAVA_LONG, 0);
        }
    }

    /** Match data with room for some pairs of offsets. */
    static MemorySegment matchData(int pairs) {
        return owned(call(DATA_CREATE, pairs, 0, 0, 0, 0, 0, 0), 0, DATA_FREE);
    }

    /** The pairs of offsets in match data; valid while that is reachable. */
    static MemorySegment offsets(MemorySegment matchData, int pairs) {
        return at(call(OVECTOR, matchData.address(), 0, 0, 0, 0, 0, 0), pairs * 16L);
    }

    /** A match context with limits on steps from one starting point, and on memory. */
    static MemorySegment matchContext(int matchLimit, int heapLimitKib) {
        MemorySegment context = owned(call(CONTEXT_CREATE, 0, 0, 0, 0, 0, 0, 0), 0, CONTEXT_FREE);
        call(SET_MATCH_LIMIT, context.address(), matchLimit, 0, 0, 0, 0, 0);
        call(SET_HEAP_LIMIT, context.address(), heapLimitKib, 0, 0, 0, 0, 0);
        return context;
    }

    /** The last offset at which a match may begin; {@link #UNSET} for none. */
    static void setOffsetLimit(MemorySegment context, long limit) {
        call(SET_OFFSET_LIMIT, context.address(), limit, 0, 0, 0, 0, 0);
    }

    static int match(MemorySegment code, long subject, int length, int start, int options, MemorySegment matchData,
            MemorySegment context) {
        return (int) call(MATCH, code.address(), subject, length, start, options, matchData.address(),
                context.address());
    }

    /** As {@link #match}, without the library's checks: only for code that has been compiled by JIT and is not UTF. */
    static int jitMatch(MemorySegment code, long subject, int length, int start, MemorySegment matchData,
            MemorySegment context) {
        return (int) call(JIT_MATCH, code.address(), subject, length, start, 0, matchData.address(),
                context.address());
    }

    /** The library's words for an error. */
    static String message(int error) {
        try (Arena arena = Arena.ofConfined()) {
            return message(arena, error);
        }
    }

    /** A view of native memory. */
    static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private static String message(Arena arena, int error) {
        MemorySegment text = arena.allocate(MESSAGE_BYTES);
        int length = (int) call(ERROR_MESSAGE, error, text.address(), MESSAGE_BYTES, 0, 0, 0, 0);
        byte[] bytes = new byte[Math.max(length, 0)];
        MemorySegment.copy(text, JAVA_BYTE, 0, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static MemorySegment owned(long address, long bytes, MemorySegment free) {
        if (address == 0) {
            throw new OutOfMemoryError("PCRE2 got no memory");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(),
                freed -> call(free, freed.address(), 0, 0, 0, 0, 0, 0));
    }

    private static long call(MemorySegment function, long a, long b, long c, long d, long e, long f, long g) {
        MethodHandle call = CALL;
        if (call == null) {
            throw new IllegalStateException(problem());
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
