package io.frontdesk.engine.file;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFlags;
import io.frontdesk.net.file.SymlinkRule;
import io.frontdesk.net.file.SymlinkWalk;
import org.jspecify.annotations.Nullable;

/**
 * How a location reaches files: {@code open_file_cache} and {@code disable_symlinks}. Immutable, shared by all loops;
 * the caches are each loop's own. Blocks as long as the disk does, like nginx without aio.
 */
public final class FileAccess {
    private static final String OPEN = "open()";
    private static final String OPENAT = "openat()";
    private static final String STAT = "stat()";
    private static final String FSTAT = "fstat()";

    private final @Nullable OpenFileCacheSettings cache;
    private final SymlinkRule symlinks;
    private final @Nullable Template from;

    /** With the settings of one location; {@code from} exempts a first part of each path from the rule. */
    public FileAccess(@Nullable OpenFileCacheSettings cache, SymlinkRule symlinks, @Nullable Template from) {
        this.cache = cache;
        this.symlinks = symlinks;
        this.from = from;
    }

    /** Opens a path for reading; a directory is found but not opened. The caller closes the look-up. */
    public boolean open(Exchange exchange, Bytes path, FileLookup into) {
        into.clear();
        if (cache != null) {
            return OpenFileCaches.of(exchange.worker()).find(cache, this, path, checkedFrom(exchange, path), into);
        }
        return openUncached(path, checkedFrom(exchange, path), into);
    }

    /** Asks what is at a path, without opening it where that can be avoided. The look-up holds no file after it. */
    public boolean test(Exchange exchange, Bytes path, FileLookup into) {
        into.clear();
        boolean found;
        if (cache != null) {
            found = OpenFileCaches.of(exchange.worker()).find(cache, this, path, checkedFrom(exchange, path), into);
        } else {
            found = stat(path, checkedFrom(exchange, path), into);
        }
        into.close();
        return found;
    }

    private int checkedFrom(Exchange exchange, Bytes path) {
        Template exempt = from;
        return exempt == null ? 0 : SymlinkWalk.checkedFrom(path.toString(), exempt.value(exchange));
    }

    private boolean walks(int checkedFrom) {
        return symlinks != SymlinkRule.FOLLOW && checkedFrom != SymlinkWalk.WHOLE_PATH;
    }

    boolean openUncached(Bytes path, int checkedFrom, FileLookup into) {
        boolean walks = walks(checkedFrom);
        int fd = walks
                ? SymlinkWalk.open(path.toString(), OpenFlags.READ, 0, symlinks, checkedFrom)
                : NativeFiles.open(path.array(), 0, path.length(), OpenFlags.READ, 0);
        if (fd < 0) {
            return into.failed(fd, walks ? OPENAT : OPEN);
        }
        int result = NativeFiles.fstat(fd, into.status());
        if (result < 0 || into.status().isDirectory()) {
            NativeFiles.close(fd);
            return result == 0 || into.failed(result, FSTAT);
        }
        into.opened(fd);
        return true;
    }

    boolean stat(Bytes path, int checkedFrom, FileLookup into) {
        boolean walks = walks(checkedFrom);
        int result = walks
                ? SymlinkWalk.stat(path.toString(), into.status(), symlinks, checkedFrom)
                : NativeFiles.stat(path.array(), 0, path.length(), into.status());
        return result >= 0 || into.failed(result, walks ? OPENAT : STAT);
    }

    SymlinkRule symlinks() {
        return symlinks;
    }
}
