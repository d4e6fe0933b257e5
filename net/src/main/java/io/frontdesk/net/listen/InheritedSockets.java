package io.frontdesk.net.listen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Listening sockets that the program before this one handed over: their descriptors stand in the environment, as with nginx. Whoever opens
 * an address takes those of it first. Control plane, one thread.
 */
public final class InheritedSockets {
    /** The variable of the environment: numbers, each with a semicolon behind it. */
    public static final String VARIABLE = "NGINX";

    private static final MemorySegment GETSOCKNAME = Libc.function("getsockname");
    private static final MemorySegment FCNTL = Libc.function("fcntl");
    private static final MemorySegment CLOSE = Libc.function("close");
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int NAME_BYTES = 128;
    private static final int PORT = 2;
    private static final int IPV4 = 4;
    private static final int IPV6 = 8;
    private static final int UNIX = 2;

    private final Map<ListenAddress, List<Integer>> sockets = new LinkedHashMap<>();
    private @Nullable String problem;

    private InheritedSockets() {}

    /** None. */
    public static InheritedSockets none() {
        return new InheritedSockets();
    }

    /** Reads the variable's value; null is none. */
    public static InheritedSockets parse(@Nullable String value) {
        InheritedSockets inherited = new InheritedSockets();
        if (value == null) {
            return inherited;
        }
        for (String number : value.split("[;:]")) {
            ListenAddress address = null;
            int fd = -1;
            if (number.matches("[0-9]{1,6}")) {
                fd = Integer.parseInt(number);
                address = address(fd);
            }
            if (address == null) {
                inherited.problem = "invalid socket number \"" + number + "\" in " + VARIABLE
                        + " environment variable, ignoring the rest of the variable";
                break;
            }
            Libc.call(FCNTL, Scratch.local(), fd, F_SETFD, FD_CLOEXEC, 0);
            inherited.sockets.computeIfAbsent(address, _ -> new ArrayList<>()).add(fd);
        }
        return inherited;
    }

    /** The variable's value for these descriptors. */
    public static String format(List<Integer> descriptors) {
        StringBuilder text = new StringBuilder();
        descriptors.forEach(fd -> text.append(fd).append(';'));
        return text.toString();
    }

    /** Another number for the same socket; or {@code -errno}. */
    static int duplicate(int fd) {
        return Libc.call(FCNTL, Scratch.local(), fd, F_DUPFD_CLOEXEC, 3, 0);
    }

    /** What was wrong with the variable, in nginx's words; null when nothing was. */
    public @Nullable String problem() {
        return problem;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return sockets.isEmpty();
    }

    /** Those of an address, which belong to the caller now. */
    List<Integer> take(ListenAddress address) {
        List<Integer> found = sockets.remove(address);
        return found == null ? List.of() : found;
    }

    /** Closes those that nobody took: their addresses are not configured any more. */
    public void closeRest() {
        sockets.values().forEach(fds -> fds.forEach(fd -> Libc.call(CLOSE, Scratch.local(), fd, 0, 0, 0)));
        sockets.clear();
    }

    /** Where a socket is bound to; null when it is none. */
    private static @Nullable ListenAddress address(int fd) {
        Scratch scratch = Scratch.local();
        MemorySegment name = scratch.struct();
        MemorySegment length = scratch.buffer();
        length.set(JAVA_INT, 0, NAME_BYTES);
        if (Libc.call(GETSOCKNAME, scratch, fd, name.address(), length.address(), 0) < 0) {
            return null;
        }
        int size = length.get(JAVA_INT, 0);
        try {
            return switch (name.get(JAVA_SHORT, 0)) {
                case AF_INET -> new ListenAddress.Inet(InetAddress.getByAddress(bytes(name, IPV4, 4)), port(name));
                case AF_INET6 ->
                    new ListenAddress.Inet(Inet6Address.getByAddress(null, bytes(name, IPV6, 16), -1), port(name));
                case AF_UNIX -> new ListenAddress.Unix(path(bytes(name, UNIX, Math.max(0, size - UNIX))));
                default -> null;
            };
        } catch (UnknownHostException e) {
            throw new AssertionError("the length is one of the two that there are", e);
        }
    }

    private static int port(MemorySegment name) {
        return (name.get(JAVA_BYTE, PORT) & 0xff) << 8 | name.get(JAVA_BYTE, PORT + 1) & 0xff;
    }

    private static byte[] bytes(MemorySegment name, int offset, int length) {
        return name.asSlice(offset, length).toArray(JAVA_BYTE);
    }

    private static String path(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
