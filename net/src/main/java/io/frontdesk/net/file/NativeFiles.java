package io.frontdesk.net.file;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Opening, naming and asking about files, straight through the C library. A path is a byte string (one char, one byte).
 * Each method
 * returns what the C function returns, or {@code -errno}: {@link Errno#describe} words it. No exception for a missing
 * file, no
 * allocation, about 1.2 times the cost of the bare system calls. Data goes through {@link FileData}.
 *
 * <p>
 * Any thread; each call uses its thread's {@link Scratch}. Blocks as long as the disk does, like nginx without aio.
 * Where native
 * access is missing every call returns {@code -ENOSYS}, and {@link #problem} says why.
 */
public final class NativeFiles {
    /** {@code access} mode: the file exists. */
    public static final int F_OK = 0;
    /** {@code access} mode: it can be read. */
    public static final int R_OK = 4;
    /** {@code access} mode: it can be written. */
    public static final int W_OK = 2;
    /** {@code access} mode: it can be run or searched. */
    public static final int X_OK = 1;
    /** The "directory" of {@link #openAt} that stands for the working directory. */
    public static final int AT_FDCWD = -100;

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private static final MemorySegment OPEN = Libc.function("open");
    private static final MemorySegment OPENAT = Libc.function("openat");
    private static final MemorySegment CLOSE = Libc.function("close");
    private static final MemorySegment FSTAT = Libc.function("fstat");
    private static final MemorySegment FSTATAT = Libc.function("fstatat");
    private static final MemorySegment ACCESS = Libc.function("access");
    private static final MemorySegment UNLINK = Libc.function("unlink");
    private static final MemorySegment RMDIR = Libc.function("rmdir");
    private static final MemorySegment MKDIR = Libc.function("mkdir");
    private static final MemorySegment RENAME = Libc.function("rename");
    private static final MemorySegment LINK = Libc.function("link");
    private static final MemorySegment CHMOD = Libc.function("chmod");
    private static final MemorySegment CHOWN = Libc.function("chown");
    private static final MemorySegment UTIMENSAT = Libc.function("utimensat");
    private static final MemorySegment REALPATH = Libc.function("realpath");

    private NativeFiles() {}

    /** Why files cannot be reached natively, or which functions are missing; null when all is well. */
    public static @Nullable String problem() {
        return Libc.problem();
    }

    /** Opens for reading or with other {@link OpenFlags}; the descriptor is the caller's to close. */
    public static int open(String path, int flags) {
        return open(path, flags, 0);
    }

    /** As {@link #open(String, int)}; {@code mode} holds the permissions of a file that is made. */
    public static int open(String path, int flags, int mode) {
        Scratch scratch = Scratch.local();
        return open(scratch, scratch.path(path), flags, mode);
    }

    /** As {@link #open(String, int, int)}, for a path in a range of bytes. */
    public static int open(byte[] path, int offset, int length, int flags, int mode) {
        Scratch scratch = Scratch.local();
        return open(scratch, scratch.path(path, offset, length), flags, mode);
    }

    /** Opens a path relative to an open directory. */
    public static int openAt(int directory, String path, int flags, int mode) {
        Scratch scratch = Scratch.local();
        return openAt(scratch, directory, scratch.path(path), flags, mode);
    }

    /** Closes; never begun again, as Linux has let go of the descriptor even where it reports EINTR. */
    public static int close(int fd) {
        return Libc.call(CLOSE, Scratch.local(), fd, 0, 0, 0);
    }

    /** Status of an open file. */
    public static int fstat(int fd, FileStatus out) {
        Scratch scratch = Scratch.local();
        return filled(scratch, Libc.call(FSTAT, scratch, fd, scratch.struct().address(), 0, 0), out);
    }

    /** Status of what the path leads to. */
    public static int stat(String path, FileStatus out) {
        Scratch scratch = Scratch.local();
        return statAt(scratch, AT_FDCWD, scratch.path(path), 0, out);
    }

    /** As {@link #stat(String, FileStatus)}, for a path in a range of bytes. */
    public static int stat(byte[] path, int offset, int length, FileStatus out) {
        Scratch scratch = Scratch.local();
        return statAt(scratch, AT_FDCWD, scratch.path(path, offset, length), 0, out);
    }

    /** Status of the name itself: a symbolic link is not followed. */
    public static int lstat(String path, FileStatus out) {
        Scratch scratch = Scratch.local();
        return statAt(scratch, AT_FDCWD, scratch.path(path), AT_SYMLINK_NOFOLLOW, out);
    }

    /** Asks whether the process may use the file: {@link #R_OK} and so on. */
    public static int access(String path, int mode) {
        return onPath(ACCESS, path, mode, 0);
    }

    /** Removes a name. */
    public static int unlink(String path) {
        return onPath(UNLINK, path, 0, 0);
    }

    /** Removes an empty directory. */
    public static int removeDirectory(String path) {
        return onPath(RMDIR, path, 0, 0);
    }

    /** Makes one directory. */
    public static int makeDirectory(String path, int mode) {
        return onPath(MKDIR, path, mode, 0);
    }

    /**
     * Makes the directories above a path, as nginx does before it makes a temporary file; the last component is not
     * made.
     */
    public static int makeParents(String path, int mode) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            int result = makeDirectory(path.substring(0, slash), mode);
            if (result < 0 && result != -Errno.EEXIST) {
                return result;
            }
        }
        return 0;
    }

    /** Sets permissions. */
    public static int changeMode(String path, int mode) {
        return onPath(CHMOD, path, mode, 0);
    }

    /** Sets owner and group; -1 leaves one as it is. */
    public static int changeOwner(String path, int uid, int gid) {
        return onPath(CHOWN, path, uid, gid);
    }

    /** Puts a file under another name at once, in place of what has that name; EXDEV across file systems. */
    public static int rename(String from, String to) {
        return onPaths(RENAME, from, to);
    }

    /** Gives a file a second name. */
    public static int link(String existing, String added) {
        return onPaths(LINK, existing, added);
    }

    /** Sets both times of a file to a second, as {@code proxy_store} and DAV do. */
    public static int setModified(String path, long seconds) {
        Scratch scratch = Scratch.local();
        long address = scratch.path(path);
        if (address < 0) {
            return (int) address;
        }
        MemorySegment times = scratch.struct();
        Structures.writeTime(times, 0, seconds);
        Structures.writeTime(times, 1, seconds);
        return Libc.call(UTIMENSAT, scratch, AT_FDCWD, address, times.address(), 0);
    }

    /** Appends the path without symbolic links, {@code .} and {@code ..} to a builder. */
    public static int realPath(String path, StringBuilder out) {
        Scratch scratch = Scratch.local();
        long address = scratch.path(path);
        if (address < 0) {
            return (int) address;
        }
        if (Libc.callPointer(REALPATH, scratch, address, scratch.buffer().address()) == 0) {
            return -Libc.errno(scratch);
        }
        out.append(Structures.byteString(scratch.buffer(), 0));
        return 0;
    }

    static int open(Scratch scratch, long path, int flags, int mode) {
        return path < 0 ? (int) path : Libc.callAgain(OPEN, scratch, path, flags, mode, 0);
    }

    static int openAt(Scratch scratch, int directory, long path, int flags, int mode) {
        return path < 0 ? (int) path : Libc.callAgain(OPENAT, scratch, directory, path, flags, mode);
    }

    static int statAt(Scratch scratch, int directory, long path, int flags, FileStatus out) {
        return path < 0
                ? (int) path
                : filled(scratch, Libc.call(FSTATAT, scratch, directory, path, scratch.struct().address(), flags), out);
    }

    private static int filled(Scratch scratch, int result, FileStatus out) {
        if (result == 0) {
            out.read(scratch.struct());
        }
        return result;
    }

    private static int onPath(MemorySegment function, String path, long second, long third) {
        Scratch scratch = Scratch.local();
        long address = scratch.path(path);
        return address < 0 ? (int) address : Libc.call(function, scratch, address, second, third, 0);
    }

    private static int onPaths(MemorySegment function, String first, String second) {
        Scratch scratch = Scratch.local();
        long from = scratch.path(first);
        long to = scratch.otherPath(second);
        if (from < 0 || to < 0) {
            return (int) Math.min(from, to);
        }
        return Libc.call(function, scratch, from, to, 0, 0);
    }
}
