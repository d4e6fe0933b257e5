package io.frontdesk.net.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process that this one starts and hands sockets to. {@link ProcessBuilder} can't do that: it closes all but three descriptors.
 *
 * @param pid its number
 */
@ControlPlane("the main thread starts it; a thread of its own waits for its end")
public record ChildProcess(int pid) {
    private static final MemorySegment WAITPID = Libc.function("waitpid");
    private static final MemorySegment INIT = Libc.function("posix_spawn_file_actions_init");
    private static final MemorySegment DUPLICATE = Libc.function("posix_spawn_file_actions_adddup2");
    private static final MemorySegment CLOSE = Libc.function("posix_spawn_file_actions_addclose");
    private static final MemorySegment DESTROY = Libc.function("posix_spawn_file_actions_destroy");
    private static final MemorySegment SPAWN = Libc.function("posix_spawn");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int LAST_STANDARD = 2;
    private static final int ACTIONS_BYTES = 128;
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    /**
     * Starts a program; its signal mask is that of the calling thread.
     *
     * @param command     an absolute file name, and the arguments; byte strings
     * @param more        what its environment has beside what ours has
     * @param descriptors what it gets, under the same numbers, beside the three usual ones
     * @return its number, or {@code -errno}
     */
    public static int start(List<String> command, Map<String, String> more, List<Integer> descriptors) {
        Scratch scratch = Scratch.local();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, Long.BYTES);
            Libc.call(INIT, scratch, actions.address(), 0, 0, 0);
            Set<Integer> kept = new HashSet<>(descriptors);
            for (int fd : openDescriptors()) {
                if (fd > LAST_STANDARD && !kept.contains(fd)) {
                    Libc.call(CLOSE, scratch, actions.address(), fd, 0, 0);
                }
            }
            for (int fd : descriptors) {
                // Onto itself: that takes the mark away which would close it.
                Libc.call(DUPLICATE, scratch, actions.address(), fd, fd, 0);
            }
            MemorySegment pid = arena.allocate(JAVA_LONG);
            List<String> environment = new ArrayList<>();
            System.getenv().forEach((name, value) -> {
                if (!more.containsKey(name)) {
                    environment.add(bytes(name + "=" + value));
                }
            });
            more.forEach((name, value) -> environment.add(name + "=" + value));
            int error = (int) (long) Shape.CALL.invokeExact(SPAWN, pid.address(),
                    string(arena, command.getFirst()).address(), actions.address(), 0L,
                    strings(arena, command).address(), strings(arena, environment).address());
            Libc.call(DESTROY, scratch, actions.address(), 0, 0, 0);
            return error == 0 ? pid.get(JAVA_INT, 0) : -error;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for its end: the exit status, or 128 and the signal that ended it. */
    public int awaitEnd() {
        Scratch scratch = Scratch.local();
        MemorySegment status = scratch.struct();
        int result = Libc.callAgain(WAITPID, scratch, pid, status.address(), 0, 0);
        int word = status.get(JAVA_INT, 0);
        int signal = word & 0x7f;
        return result < 0 ? 0 : signal == 0 ? word >> 8 & 0xff : 128 + signal;
    }

    private static List<Integer> openDescriptors() {
        List<Integer> open = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(DESCRIPTORS)) {
            names.forEach(name -> open.add(Integer.valueOf(name.getFileName().toString())));
        } catch (IOException e) {
            // Without the list what has no mark stays open in the other process, which does not know of it.
        }
        return open;
    }

    private static String bytes(String text) {
        return new String(text.getBytes(NATIVE), StandardCharsets.ISO_8859_1);
    }

    private static MemorySegment string(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.ISO_8859_1);
    }

    /** An array of C strings that ends with NULL. */
    private static MemorySegment strings(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, string(arena, texts.get(i)));
        }
        return array;
    }

    /** Six words, for the one function that takes so many (docs/adr/0003); linked when it is needed, which is seldom. */
    private static final class Shape {
        static final MethodHandle CALL = Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG,
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

        private Shape() {}
    }
}
