package io.frontdesk.net.crypt;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.frontdesk.net.foreign.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * crypt(3) of the system: DES, MD5, SHA-256, SHA-512, and what else its library knows (bcrypt, yescrypt). Made to be slow, so never to be
 * called on an event loop. Stateless, any thread.
 */
public final class SystemCrypt {
    /** Enough for the working memory of every library that has crypt_r: 128 KiB in glibc's old one. */
    private static final int DATA_BYTES = 256 * 1024;
    private static final int MAX_RESULT = 1024;

    private static final NativeLibrary LIBRARY = NativeLibrary.firstOf("libcrypt.so.1", "libcrypt.so.2",
            "libcrypt.so");
    private static final MemorySegment CRYPT = LIBRARY.function("crypt_r");
    private static final @Nullable MethodHandle CALL = LIBRARY.problem() == null ? link() : null;

    private SystemCrypt() {}

    private static @Nullable MethodHandle link() {
        try {
            return Linker.nativeLinker().downcallHandle(CRYPT,
                    FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    /** Why it cannot be used; null where it can. */
    public static @Nullable String problem() {
        String problem = LIBRARY.problem();
        return problem != null || CALL != null ? problem : "native access is not allowed";
    }

    /**
     * The hash of a password in the way and with the salt of an earlier one; null where the system does not know that way. Both are byte
     * strings.
     */
    public static @Nullable String crypt(String password, String setting) {
        MethodHandle call = CALL;
        if (call == null || password.indexOf('\0') >= 0 || setting.indexOf('\0') >= 0) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = (MemorySegment) call.invokeExact(
                    arena.allocateFrom(password, StandardCharsets.ISO_8859_1),
                    arena.allocateFrom(setting, StandardCharsets.ISO_8859_1), arena.allocate(DATA_BYTES, 16));
            if (result.equals(MemorySegment.NULL)) {
                return null;
            }
            String hash = result.reinterpret(MAX_RESULT).getString(0, StandardCharsets.ISO_8859_1);
            // libxcrypt: a failure gives a text that no hash begins with
            return hash.startsWith("*") ? null : hash;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
