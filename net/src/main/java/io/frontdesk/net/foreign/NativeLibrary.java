package io.frontdesk.net.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A shared library that may be absent, and its symbols that may be absent. Nothing here throws: what is missing is
 * remembered,
 * so that the caller can say so in one line and go on with its fallback. Made while a class is initialised, read from
 * any thread.
 */
public final class NativeLibrary {
    private final String name;
    private final @Nullable SymbolLookup symbols;
    private final @Nullable String failure;
    private final List<String> missing = Collections.synchronizedList(new ArrayList<>());

    private NativeLibrary(String name, @Nullable SymbolLookup symbols, @Nullable String failure) {
        this.name = name;
        this.symbols = symbols;
        this.failure = failure;
    }

    /** The C library that the JVM itself is linked with. */
    public static NativeLibrary c() {
        try {
            return new NativeLibrary("libc", Linker.nativeLinker().defaultLookup(), null);
        } catch (RuntimeException | LinkageError e) {
            return new NativeLibrary("libc", null, reason(e));
        }
    }

    /** The first of these file names that the dynamic linker finds; it stays loaded for the life of the process. */
    public static NativeLibrary firstOf(String... fileNames) {
        String failure = "no file name given";
        for (String fileName : fileNames) {
            try {
                return new NativeLibrary(fileName, SymbolLookup.libraryLookup(fileName, Arena.global()), null);
            } catch (RuntimeException | LinkageError e) {
                failure = reason(e);
            }
        }
        return new NativeLibrary(String.join(" or ", fileNames), null, failure);
    }

    /** The address of a function; {@link MemorySegment#NULL} where the library or the function is missing. */
    public MemorySegment function(String function) {
        SymbolLookup lookup = symbols;
        MemorySegment address = lookup == null ? null : lookup.find(function).orElse(null);
        if (address == null) {
            missing.add(function);
            return MemorySegment.NULL;
        }
        return address;
    }

    /** Why not all is there, for a log line; null when everything asked for so far was found. */
    public @Nullable String problem() {
        if (symbols == null) {
            return "cannot load " + name + ": " + failure;
        }
        return missing.isEmpty() ? null : name + " has no " + String.join(", ", List.copyOf(missing));
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
