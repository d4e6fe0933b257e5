package io.frontdesk.modules.authbasic;

import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.FileData;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFlags;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a name in a file of lines {@code name:password}, which is read anew for each request, as nginx does: a change counts at once.
 * The page cache makes it a copy. One per loop.
 */
final class PasswordFile {
    /** What a line may be long; a longer one is nobody's. */
    private static final int BUFFER_BYTES = 16 * 1024;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int problem;

    /** The password of a name, or null: {@link #problem} says whether the file could be read at all. */
    @Nullable
    StoredPassword find(String path, String name) {
        problem = 0;
        int fd = NativeFiles.open(path, OpenFlags.READ);
        if (fd < 0) {
            problem = fd;
            return null;
        }
        try {
            return find(fd, name.getBytes(StandardCharsets.ISO_8859_1));
        } finally {
            NativeFiles.close(fd);
            Arrays.fill(buffer, (byte) 0);
        }
    }

    /** What the system said of the last file: 0, or an error number below it. */
    int problem() {
        return problem;
    }

    boolean isMissing() {
        return problem == -Errno.ENOENT;
    }

    private @Nullable StoredPassword find(int fd, byte[] name) {
        long offset = 0;
        int kept = 0;
        boolean skips = false;
        while (true) {
            int read = FileData.pread(fd, buffer, kept, buffer.length - kept, offset);
            if (read < 0) {
                problem = read;
                return null;
            }
            offset += read;
            int end = kept + read;
            int line = 0;
            for (int i = kept; i < end; i++) {
                if (buffer[i] == '\n') {
                    StoredPassword found = skips ? null : password(line, i, name);
                    if (found != null) {
                        return found;
                    }
                    skips = false;
                    line = i + 1;
                }
            }
            if (read == 0) {
                return skips ? null : password(0, end, name);
            }
            kept = end - line;
            if (kept == buffer.length) {
                skips = true;
                kept = 0;
            }
            System.arraycopy(buffer, line, buffer, 0, kept);
        }
    }

    private @Nullable StoredPassword password(int from, int to, byte[] name) {
        int colon = from + name.length;
        if (colon >= to || buffer[colon] != ':' || buffer[from] == '#'
                || !Arrays.equals(buffer, from, colon, name, 0, name.length)) {
            return null;
        }
        int end = colon + 1;
        while (end < to && buffer[end] != ':' && buffer[end] != '\r') {
            end++;
        }
        return new StoredPassword(
                new String(buffer, colon + 1, end - colon - 1, StandardCharsets.ISO_8859_1));
    }
}
