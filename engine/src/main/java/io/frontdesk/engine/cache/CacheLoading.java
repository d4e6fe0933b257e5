package io.frontdesk.engine.cache;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.file.DirectoryListing;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.FileType;
import io.frontdesk.net.file.NativeFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Takes in what a process before this one has left on the disk: whole files get into the index, broken ones and those that it was about to
 * write go. Files that are none of ours stay as they are. A thread of {@link CacheUpkeep}.
 */
@ControlPlane("a cache's own thread; waits for the disk")
final class CacheLoading implements Runnable {
    private static final int TEMPORARY_LENGTH = CacheKey.HEX_DIGITS + 11;

    private final CacheUpkeep owner;
    private final CacheZone zone;
    private final CacheIndex index;
    private final Supplier<ErrorLog> log;
    private final CachePace pace;
    private final long processStartSeconds = ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH)
            .getEpochSecond();

    CacheLoading(CacheUpkeep owner, CacheZone zone, Supplier<ErrorLog> log) {
        this.owner = owner;
        this.zone = zone;
        this.index = zone.index();
        this.log = log;
        this.pace = new CachePace(owner, zone.limits().loader());
    }

    @Override
    public void run() {
        walk(index.path(), 0);
        if (owner.isStopped()) {
            return;
        }
        index.warmedUp();
        log.get().log(Severity.NOTICE, 0, String.format(Locale.ROOT, "http file cache: %s %.3fM, bsize: 4096",
                index.path(), index.bytes() / (double) (1 << 20)));
    }

    private void walk(String folder, int depth) {
        List<String> folders = new ArrayList<>();
        List<String> files = new ArrayList<>();
        DirectoryListing.read(folder, (name, type) -> {
            if (type == FileType.DIRECTORY || type == FileType.UNKNOWN && isFolder(folder + '/' + name)) {
                folders.add(name);
            } else {
                files.add(name);
            }
        });
        for (String name : files) {
            if (owner.isStopped()) {
                return;
            }
            file(folder + '/' + name, name);
        }
        if (depth < index.levels().size()) {
            int digits = index.levels().get(depth);
            folders.stream().filter(name -> name.length() == digits)
                    .forEach(name -> walk(folder + '/' + name, depth + 1));
        }
    }

    /** Some file systems do not say it in the listing. */
    private static boolean isFolder(String path) {
        FileStatus status = new FileStatus();
        return NativeFiles.lstat(path, status) >= 0 && status.isDirectory();
    }

    private void file(String path, String name) {
        CacheKey key = CacheKey.parse(name);
        if (key != null && path.equals(index.fileOf(key))) {
            add(path, key);
            pace.step();
        } else if (name.length() == TEMPORARY_LENGTH && name.charAt(CacheKey.HEX_DIGITS) == '.'
                && CacheKey.parse(name.substring(0, CacheKey.HEX_DIGITS)) != null) {
            removeStray(path);
        }
    }

    private void add(String path, CacheKey key) {
        FileStatus status = new FileStatus();
        switch (CachedHead.check(path, status)) {
            // another server's file is of no use to us, and leaves when nobody has asked for it for long enough
            case WHOLE, FOREIGN -> index.found(key, status.size(), CacheUpkeep.nowMillis(), zone.limits().maxEntries());
            case BROKEN -> index.foundBroken(key, CacheUpkeep.nowMillis(), zone.limits().maxEntries());
            case ABSENT -> {
            }
        }
    }

    /** Whoever was about to write it is gone: it was there before this process. */
    private void removeStray(String path) {
        FileStatus status = new FileStatus();
        if (NativeFiles.lstat(path, status) >= 0 && status.isRegular()
                && status.modifiedSeconds() < processStartSeconds) {
            NativeFiles.unlink(path);
        }
    }
}
