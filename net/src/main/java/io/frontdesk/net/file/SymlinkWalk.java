package io.frontdesk.net.file;

import static io.frontdesk.net.file.OpenFlags.O_CLOEXEC;
import static io.frontdesk.net.file.OpenFlags.O_CREAT;
import static io.frontdesk.net.file.OpenFlags.O_DIRECTORY;
import static io.frontdesk.net.file.OpenFlags.O_NOFOLLOW;
import static io.frontdesk.net.file.OpenFlags.O_NONBLOCK;
import static io.frontdesk.net.file.OpenFlags.O_PATH;
import static io.frontdesk.net.file.OpenFlags.O_TRUNC;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.frontdesk.net.foreign.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * Opens a path component by component, so that a symbolic link in it is seen: {@code disable_symlinks}. Each directory
 * is held open
 * while its child is opened, so nobody can swap a component behind the check. Errors are the kernel's: a link in the
 * middle is
 * ENOTDIR, a link at the end or one with another owner is ELOOP. Any thread, as {@link NativeFiles}.
 */
public final class SymlinkWalk {
    /** What {@link #checkedFrom} answers where the whole path is trusted. */
    public static final int WHOLE_PATH = -1;

    private static final int SEARCH = O_PATH | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private SymlinkWalk() {}

    /**
     * The length of the part of the path that {@code from=} exempts from the check: 0 where the value is not an initial
     * part that ends
     * at a component, {@link #WHOLE_PATH} where it is the whole path.
     */
    public static int checkedFrom(String path, String from) {
        int length = from.length();
        if (length == 0 || !path.startsWith(from)) {
            return 0;
        }
        if (length == path.length()) {
            return WHOLE_PATH;
        }
        if (path.charAt(length) == '/') {
            return length;
        }
        return from.charAt(length - 1) == '/' ? length - 1 : 0;
    }

    /** As {@link NativeFiles#open(String, int, int)}, under a rule; {@code checkedFrom} as that method answers it. */
    public static int open(String path, int flags, int mode, SymlinkRule rule, int checkedFrom) {
        if (rule == SymlinkRule.FOLLOW || checkedFrom == WHOLE_PATH) {
            return NativeFiles.open(path, flags, mode);
        }
        Scratch scratch = Scratch.local();
        long address = scratch.path(path);
        if (address < 0) {
            return (int) address;
        }
        MemorySegment bytes = scratch.pathBytes();
        int next = 0;
        int directory = NativeFiles.AT_FDCWD;
        if (checkedFrom > 0) {
            bytes.set(JAVA_BYTE, checkedFrom, (byte) 0);
            directory = NativeFiles.open(scratch, address, SEARCH, 0);
            next = checkedFrom + 1;
        } else if (path.startsWith("/")) {
            directory = NativeFiles.open("/", SEARCH, 0);
            // That wrote over the path.
            scratch.path(path);
            next = 1;
        }
        if (directory < 0 && directory != NativeFiles.AT_FDCWD) {
            return directory;
        }
        int slash = path.indexOf('/', next);
        while (slash >= 0) {
            if (slash > next) {
                bytes.set(JAVA_BYTE, slash, (byte) 0);
                int child = component(scratch, directory, address + next, SEARCH, 0, rule);
                closeUnlessCwd(directory);
                if (child < 0) {
                    return child;
                }
                directory = child;
            }
            next = slash + 1;
            slash = path.indexOf('/', next);
        }
        int result;
        if (next == path.length()) {
            result = NativeFiles.openAt(directory, ".", flags, mode);
        } else {
            // A file that is to be made or cut is not checked by owner: it must not be reached through a link at all.
            boolean writes = (flags & (O_CREAT | O_TRUNC)) != 0;
            result = component(scratch, directory, address + next, flags, mode, writes ? SymlinkRule.DENY : rule);
        }
        closeUnlessCwd(directory);
        return result;
    }

    /** As {@link NativeFiles#stat(String, FileStatus)}, under a rule. The file must be readable, as nginx asks. */
    public static int stat(String path, FileStatus out, SymlinkRule rule, int checkedFrom) {
        if (rule == SymlinkRule.FOLLOW || checkedFrom == WHOLE_PATH) {
            return NativeFiles.stat(path, out);
        }
        int fd = open(path, OpenFlags.READ, 0, rule, checkedFrom);
        if (fd < 0) {
            return fd;
        }
        int result = NativeFiles.fstat(fd, out);
        NativeFiles.close(fd);
        return result;
    }

    private static int component(Scratch scratch, int directory, long name, int flags, int mode, SymlinkRule rule) {
        if (rule == SymlinkRule.DENY) {
            return NativeFiles.openAt(scratch, directory, name, flags | O_NOFOLLOW, mode);
        }
        int fd = NativeFiles.openAt(scratch, directory, name, flags, mode);
        if (fd < 0) {
            return fd;
        }
        // Compared even where the name is no link now: it may have been one when it was opened.
        FileStatus named = new FileStatus();
        FileStatus opened = new FileStatus();
        int result = NativeFiles.statAt(scratch, directory, name, AT_SYMLINK_NOFOLLOW, named);
        if (result == 0) {
            result = NativeFiles.fstat(fd, opened);
        }
        if (result == 0 && named.uid() != opened.uid()) {
            result = -Errno.ELOOP;
        }
        if (result < 0) {
            NativeFiles.close(fd);
            return result;
        }
        return fd;
    }

    private static void closeUnlessCwd(int directory) {
        if (directory != NativeFiles.AT_FDCWD) {
            NativeFiles.close(directory);
        }
    }
}
