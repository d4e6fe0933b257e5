package io.frontdesk.engine.worker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder for temporary files, with up to three levels of folders below it that are named by the last digits of a file's number
 * ({@code proxy_temp_path}, {@code client_body_temp_path}). Made with a configuration; any loop.
 */
public final class TempFolder {
    private static final long COMPLAINT_MILLIS = 60_000;

    private final String path;
    private final int[] levels;
    /** When the next line about a full disk may be written. */
    private final AtomicLong nextComplaint = new AtomicLong(Long.MIN_VALUE);

    /** The folder of this path, whole, without a slash at its end; {@code levels} are digits of the names of the folders below it. */
    public TempFolder(String path, List<Integer> levels) {
        this.path = path;
        this.levels = levels.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Its path. */
    public String path() {
        return path;
    }

    /** Makes a new file, and the folders that it needs; {@code kept}: it stays when it is closed. */
    public TempFile create(boolean kept) throws IOException {
        return TempFile.create(this, kept);
    }

    /** Whether a line about the disk may be written: one a minute, so that a full disk does not fill the next. */
    public boolean mayComplain(long nowMillis) {
        long next = nextComplaint.get();
        return nowMillis >= next && nextComplaint.compareAndSet(next, nowMillis + COMPLAINT_MILLIS);
    }

    /** nginx: the first level is the number's last digits, the next one those before them. */
    String pathOf(long number) {
        String name = String.format("%010d", number);
        StringBuilder full = new StringBuilder(path);
        int end = name.length();
        for (int digits : levels) {
            full.append('/').append(name, end - digits, end);
            end -= digits;
        }
        return full.append('/').append(name).toString();
    }
}
