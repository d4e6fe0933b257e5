package io.frontdesk.net;

import io.netty.channel.unix.Errors.NativeIoException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A system error: its Linux number and the text that the C library has for it. It prints as nginx prints it in its
 * error
 * log, {@code (111: Connection refused)}. A value without identity, for use on any thread.
 *
 * @param number
 *            the Linux error number, or 0 where an exception told none
 * @param text
 *            what strerror(3) says of it
 */
public record Errno(int number, String text) {

    public static final Errno ENOENT = new Errno(2, "No such file or directory");
    public static final Errno EACCES = new Errno(13, "Permission denied");
    public static final Errno ENFILE = new Errno(23, "Too many open files in system");
    public static final Errno EMFILE = new Errno(24, "Too many open files");
    public static final Errno EPIPE = new Errno(32, "Broken pipe");
    public static final Errno EADDRINUSE = new Errno(98, "Address already in use");
    public static final Errno EADDRNOTAVAIL = new Errno(99, "Cannot assign requested address");
    public static final Errno ENETUNREACH = new Errno(101, "Network is unreachable");
    public static final Errno ECONNABORTED = new Errno(103, "Software caused connection abort");
    public static final Errno ECONNRESET = new Errno(104, "Connection reset by peer");
    public static final Errno ETIMEDOUT = new Errno(110, "Connection timed out");
    public static final Errno ECONNREFUSED = new Errno(111, "Connection refused");
    public static final Errno EHOSTUNREACH = new Errno(113, "No route to host");

    private static final String NETTY_MARK = "failed with error(-";

    /** What the transports meet in practice; anything else is read out of the exception's own text. */
    private static final Errno[] KNOWN = {new Errno(1, "Operation not permitted"), ENOENT,
            new Errno(4, "Interrupted system call"), new Errno(5, "Input/output error"),
            new Errno(9, "Bad file descriptor"), new Errno(11, "Resource temporarily unavailable"),
            new Errno(12, "Cannot allocate memory"), EACCES, new Errno(17, "File exists"),
            new Errno(20, "Not a directory"), new Errno(22, "Invalid argument"), ENFILE, EMFILE,
            new Errno(28, "No space left on device"), new Errno(30, "Read-only file system"), EPIPE,
            new Errno(36, "File name too long"), new Errno(71, "Protocol error"),
            new Errno(88, "Socket operation on non-socket"), new Errno(90, "Message too long"),
            new Errno(91, "Protocol wrong type for socket"), new Errno(92, "Protocol not available"),
            new Errno(93, "Protocol not supported"), new Errno(95, "Operation not supported"),
            new Errno(97, "Address family not supported by protocol"), EADDRINUSE, EADDRNOTAVAIL,
            new Errno(100, "Network is down"), ENETUNREACH, new Errno(102, "Network dropped connection on reset"),
            ECONNABORTED, ECONNRESET, new Errno(105, "No buffer space available"),
            new Errno(106, "Transport endpoint is already connected"),
            new Errno(107, "Transport endpoint is not connected"), ETIMEDOUT, ECONNREFUSED,
            new Errno(112, "Host is down"), EHOSTUNREACH, new Errno(114, "Operation already in progress"),
            new Errno(115, "Operation now in progress")};

    /** The known error of this number, or one with the C library's word for an unknown number. */
    public static Errno of(int number) {
        for (Errno known : KNOWN) {
            if (known.number == number) {
                return known;
            }
        }
        return new Errno(number, "Unknown error " + number);
    }

    /**
     * What system error an exception of a transport stands for: its own number where it carries one, otherwise by its
     * type
     * and its message. Never fails: an exception that tells nothing becomes number 0 with its own text.
     */
    public static Errno of(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            Errno found = ofOne(t);
            if (found != null) {
                return found;
            }
        }
        String message = failure.getMessage();
        return new Errno(0, message == null ? failure.getClass().getSimpleName() : message);
    }

    private static @Nullable Errno ofOne(Throwable t) {
        if (t instanceof NativeIoException io) {
            return of(-io.expectedErr());
        }
        String message = t.getMessage();
        if (message != null
                && (t instanceof IOException || t instanceof java.nio.channels.UnresolvedAddressException)) {
            Errno byText = ofMessage(message);
            if (byText != null) {
                return byText;
            }
        }
        return switch (t) {
            // Netty turns ENETUNREACH and EHOSTUNREACH alike into this type, without a text.
            case NoRouteToHostException _ -> EHOSTUNREACH;
            case BindException _ -> EADDRINUSE;
            // What an ICMP message says of a UDP socket.
            case PortUnreachableException _ -> ECONNREFUSED;
            case FileNotFoundException _ -> ENOENT;
            case ClosedChannelException _ -> of(9);
            default -> null;
        };
    }

    private static @Nullable Errno ofMessage(String message) {
        int number = numberIn(message);
        if (number > 0) {
            return of(number);
        }
        for (Errno known : KNOWN) {
            if (message.contains(known.text)) {
                return known;
            }
        }
        // The JDK has words of its own for some.
        if (message.startsWith("Connection reset")) {
            return ECONNRESET;
        }
        return null;
    }

    /** Of Netty's {@code connect(..) failed with error(-111): Connection refused}; 0 where there is none. */
    private static int numberIn(String message) {
        int mark = message.indexOf(NETTY_MARK);
        int number = 0;
        for (int i = mark + NETTY_MARK.length(); mark >= 0 && i < message.length() && number < 10_000; i++) {
            char c = message.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    /** As nginx ends the line: {@code (111: Connection refused)}. */
    @Override
    public String toString() {
        return "(" + number + ": " + text + ")";
    }
}
