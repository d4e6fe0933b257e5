package io.frontdesk.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Says what went wrong with a file as nginx does: {@code (2: No such file or directory)}. Stateless; any thread. */
public final class Errno {

    private static final String NO_SUCH_FILE = "No such file or directory";

    /** Linux's numbers for the texts that the JDK hands on. */
    // @formatter:off
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("Operation not permitted", 1),
            Map.entry(NO_SUCH_FILE, 2),
            Map.entry("Input/output error", 5),
            Map.entry("No such device or address", 6),
            Map.entry("Cannot allocate memory", 12),
            Map.entry("Permission denied", 13),
            Map.entry("Device or resource busy", 16),
            Map.entry("File exists", 17),
            Map.entry("Not a directory", 20),
            Map.entry("Is a directory", 21),
            Map.entry("Invalid argument", 22),
            Map.entry("Too many open files in system", 23),
            Map.entry("Too many open files", 24),
            Map.entry("Text file busy", 26),
            Map.entry("File too large", 27),
            Map.entry("No space left on device", 28),
            Map.entry("Read-only file system", 30),
            Map.entry("File name too long", 36),
            Map.entry("Directory not empty", 39),
            Map.entry("Too many levels of symbolic links", 40));
    // @formatter:on

    private Errno() {}

    /** The number and text in parentheses; the exception's own words if the system's are not known. */
    public static String text(IOException fault) {
        String reason = reason(fault);
        Integer number = NUMBERS.get(reason);
        return number == null ? "(" + reason + ")" : "(" + number + ": " + reason + ")";
    }

    /** What nginx says of a name that leads nowhere. */
    public static String noSuchFile() {
        return text(new NoSuchFileException(""));
    }

    private static String reason(IOException fault) {
        return switch (fault) {
            case NoSuchFileException missing -> NO_SUCH_FILE;
            case AccessDeniedException denied -> "Permission denied";
            case NotDirectoryException file -> "Not a directory";
            case FileAlreadyExistsException existing -> "File exists";
            case FileSystemException known -> withoutHint(known.getReason(), known);
            default -> String.valueOf(fault.getMessage());
        };
    }

    /** The JDK adds to ELOOP that it may be something else. */
    private static String withoutHint(@Nullable String reason, IOException fault) {
        if (reason == null) {
            return String.valueOf(fault.getMessage());
        }
        int hint = reason.indexOf(" or unable to access attributes");
        return hint < 0 ? reason : reason.substring(0, hint);
    }
}
