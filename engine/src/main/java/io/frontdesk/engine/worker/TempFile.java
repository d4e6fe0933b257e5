package io.frontdesk.engine.worker;

import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.FileData;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFlags;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * A temporary file: written at its end, read by position. nginx writes such files on its loop too; the page cache makes it a copy. Owned by
 * whoever made it; one thread at a time.
 */
public final class TempFile implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();
    /** What numbers skip when a file of an earlier process has the name. */
    private static final int COLLISION_STEP = 123_456;
    private static final long MAX_NUMBER = 10_000_000_000L;
    private static final int FILE_MODE = 0600;
    private static final int FOLDER_MODE = 0700;

    private final String path;
    private final int fd;
    private boolean kept;
    private boolean closed;
    private long length;

    private TempFile(String path, int fd, boolean kept) {
        this.path = path;
        this.fd = fd;
        this.kept = kept;
    }

    static TempFile create(TempFolder folder, boolean kept) throws IOException {
        return create(folder::pathOf, kept);
    }

    private static TempFile create(LongFunction<String> paths, boolean kept) throws IOException {
        while (true) {
            String path = paths.apply(NUMBERS.incrementAndGet());
            int fd = open(path);
            if (fd >= 0) {
                return new TempFile(path, fd, kept);
            }
            if (fd != -Errno.EEXIST) {
                throw new IOException("open() \"" + path + "\" failed " + Errno.describe(fd));
            }
            NUMBERS.addAndGet(COLLISION_STEP);
        }
    }

    /** Makes a file beside the one whose name it shall have in the end, which may not be there; closing it removes it. */
    public static TempFile beside(String target) throws IOException {
        return create(number -> target + String.format(".%010d", number % MAX_NUMBER), false);
    }

    private static int open(String path) throws IOException {
        int fd = NativeFiles.open(path, OpenFlags.CREATE_NEW, FILE_MODE);
        if (fd != -Errno.ENOENT) {
            return fd;
        }
        int made = NativeFiles.makeParents(path, FOLDER_MODE);
        if (made < 0) {
            throw new IOException("mkdir() \"" + path.substring(0, path.lastIndexOf('/')) + "\" failed "
                    + Errno.describe(made));
        }
        return NativeFiles.open(path, OpenFlags.CREATE_NEW, FILE_MODE);
    }

    /**
     * Appends all readable bytes, and moves the reader index by what was written.
     *
     * @throws IOException with nginx's wording; what was written before is in the file, and counted
     */
    public void append(ByteBuf bytes) throws IOException {
        while (bytes.isReadable()) {
            int n = FileData.pwrite(fd, bytes, length);
            if (n <= 0) {
                throw new IOException("pwrite() \"" + path + "\" failed " + Errno.describe(n == 0 ? -Errno.ENOSPC : n));
            }
            length += n;
        }
    }

    /** Writes all readable bytes over what stands at the start. */
    public void rewrite(ByteBuf bytes) throws IOException {
        long at = 0;
        while (bytes.isReadable()) {
            int n = FileData.pwrite(fd, bytes, at);
            if (n <= 0) {
                throw new IOException("pwrite() \"" + path + "\" failed " + Errno.describe(n == 0 ? -Errno.ENOSPC : n));
            }
            at += n;
        }
    }

    /** Reads so many bytes from a position, which are there, to the end of a buffer. */
    public void read(long position, ByteBuf to, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int n = FileData.pread(fd, to, count - done, position + done);
            if (n <= 0) {
                throw new IOException(n == 0
                        ? "pread() has read only " + done + " of " + count + " from \"" + path + "\""
                        : "pread() \"" + path + "\" failed " + Errno.describe(n));
            }
            done += n;
        }
    }

    /** Throws all of it away; it can be written again from the start. */
    public void truncate() {
        length = 0;
        FileData.truncate(fd, 0);
    }

    /** Its path. */
    public String path() {
        return path;
    }

    /** Bytes written. */
    public long length() {
        return length;
    }

    /**
     * Gives the file, which has all its bytes, another name, and this one away: closing it no longer removes it.
     *
     * @return 0, or {@code -errno}
     */
    public int renameTo(String target) {
        int result = NativeFiles.rename(path, target);
        if (result >= 0) {
            kept = true;
        }
        return result;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            NativeFiles.close(fd);
            if (!kept) {
                NativeFiles.unlink(path);
            }
        }
    }
}
