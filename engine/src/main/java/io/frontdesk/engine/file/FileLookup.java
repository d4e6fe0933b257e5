package io.frontdesk.engine.file;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFile;
import org.jspecify.annotations.Nullable;

/**
 * What was found at a path: its status and perhaps a descriptor, or the error and the call that it came from. One per
 * worker, reused by each look-up, so that a request for a file allocates nothing for it: whoever opened a file closes
 * the look-up, or takes the file out of it, before the next look-up. Loop only.
 */
public final class FileLookup {
    private final FileStatus status = new FileStatus();
    private int errno;
    private String failed = "";
    private int fd = -1;
    private @Nullable OpenFile shared;

    /** The worker's own. */
    public static FileLookup of(Worker worker) {
        return worker.own(FileLookup.class, FileLookup::new);
    }

    /** The status of what was found. */
    public FileStatus status() {
        return status;
    }

    /** Why nothing was found, as a positive {@code errno}; 0 when something was. */
    public int errno() {
        return errno;
    }

    /** Whether a symbolic link was in the way that must not be followed (nginx: EMLINK, ELOOP). */
    public boolean isForbiddenLink() {
        return errno == Errno.ELOOP;
    }

    /** nginx's line for the failure: {@code open() "/path" failed (2: No such file or directory)}. */
    public String failure(Bytes path) {
        return failed + " \"" + path + "\" failed " + Errno.describe(errno);
    }

    /** The descriptor of a regular file that was opened, valid until {@link #close}. */
    public int fd() {
        return fd;
    }

    /** Hands the open file to the caller, who releases it. */
    public OpenFile takeFile() {
        OpenFile file = shared == null ? new OpenFile(fd) : shared;
        shared = null;
        fd = -1;
        return file;
    }

    /** Closes the file if it was opened and not taken. */
    public void close() {
        if (shared != null) {
            shared.release();
        } else if (fd >= 0) {
            NativeFiles.close(fd);
        }
        shared = null;
        fd = -1;
    }

    /** Forgets what was found last. */
    void clear() {
        close();
        errno = 0;
    }

    /** A descriptor of its own. */
    void opened(int descriptor) {
        fd = descriptor;
    }

    /** A file that others hold too: takes over one reference. */
    void opened(OpenFile file) {
        shared = file;
        fd = file.fd();
    }

    /** Nothing was found; {@code call} said why. */
    boolean failed(int error, String call) {
        errno = Math.abs(error);
        failed = call;
        return false;
    }

    /** The name of the call that failed. */
    String failedCall() {
        return failed;
    }
}
