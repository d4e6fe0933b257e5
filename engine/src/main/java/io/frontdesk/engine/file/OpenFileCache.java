package io.frontdesk.engine.file;

import io.frontdesk.codec.Bytes;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.OpenFile;
import io.frontdesk.net.file.SymlinkRule;
import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.loop.DeadlineWheel;
import io.frontdesk.net.loop.LoopClock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code open_file_cache} on one loop: descriptors, sizes and times of files, that a directory is there, and errors. An
 * entry is believed for {@code open_file_cache_valid}, then its path is asked about again; a file that is another one
 * by then is opened anew. Entries in the order of their last use, so that the first one is the first to go. A hit
 * allocates nothing. Loop only.
 */
final class OpenFileCache {
    private final LoopClock clock;
    private final OpenFileCacheSettings settings;
    private final Runnable whenEmpty;
    private final Deadline sweep;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final Key probe = new Key();

    OpenFileCache(LoopClock clock, DeadlineWheel wheel, OpenFileCacheSettings settings, Runnable whenEmpty) {
        this.clock = clock;
        this.settings = settings;
        this.whenEmpty = whenEmpty;
        this.sweep = new Deadline(wheel, deadline -> sweep());
    }

    /** Finds a path in the cache or on the disk; the look-up gets its own reference to an open file. */
    boolean find(OpenFileCacheSettings by, FileAccess access, Bytes path, int checkedFrom, FileLookup into) {
        long now = clock.millis();
        probe.borrow(path);
        Entry entry = entries.get(probe);
        if (entry != null) {
            entry.uses++;
            entry.usedMillis = now;
            if (!entry.isUnopened() && now - entry.madeMillis < by.validMillis()
                    && entry.symlinks == access.symlinks() && entry.checkedFrom == checkedFrom) {
                return entry.give(into);
            }
            if (renew(entry, access, path, checkedFrom, into, now)) {
                return true;
            }
        }
        return load(entry, by, access, path, checkedFrom, into, now);
    }

    /** Whether the path still leads to the file that is open, or still to a directory: one call then. */
    private static boolean renew(Entry entry, FileAccess access, Bytes path, int checkedFrom, FileLookup into,
            long now) {
        boolean isDirectory = entry.errno == 0 && entry.status.isDirectory();
        if (entry.file == null && !isDirectory) {
            return false;
        }
        if (!access.stat(path, checkedFrom, into)) {
            return false;
        }
        FileStatus status = into.status();
        boolean same = isDirectory ? status.isDirectory() : status.isSameFile(entry.status);
        if (!same) {
            return false;
        }
        entry.keep(access, checkedFrom, status, now);
        return entry.give(into);
    }

    private boolean load(@Nullable Entry known, OpenFileCacheSettings by, FileAccess access, Bytes path,
            int checkedFrom, FileLookup into, long now) {
        into.clear();
        boolean found = access.openUncached(path, checkedFrom, into);
        Entry entry = known;
        if (!found && !by.keepsErrors()) {
            if (entry != null) {
                probe.borrow(path);
                entries.remove(probe);
                entry.release();
            }
            return false;
        }
        if (entry == null) {
            entry = new Entry();
            makeRoom(now);
            entries.put(Key.of(path), entry);
        } else {
            entry.release();
        }
        entry.usedMillis = now;
        if (!found) {
            entry.fail(access, checkedFrom, into, now);
            return false;
        }
        entry.keep(access, checkedFrom, into.status(), now);
        // nginx: a file that is used less often is closed after each use
        if (into.fd() >= 0 && entry.uses >= by.minUses()) {
            OpenFile file = into.takeFile();
            entry.file = file;
            file.retain();
            into.opened(file);
        }
        return true;
    }

    private void makeRoom(long now) {
        Iterator<Entry> oldest = entries.values().iterator();
        boolean full = entries.size() >= settings.max();
        // nginx: at most two idle ones at a time, so that no request pays for many
        for (int i = 0; i < 2 && oldest.hasNext(); i++) {
            Entry entry = oldest.next();
            if (!full && now - entry.usedMillis <= settings.inactiveMillis()) {
                break;
            }
            full = false;
            oldest.remove();
            entry.release();
        }
        if (!sweep.armed()) {
            sweep.arm(sweepMillis());
        }
    }

    private long sweepMillis() {
        return Math.max(1000, settings.inactiveMillis());
    }

    private void sweep() {
        long now = clock.millis();
        Iterator<Entry> all = entries.values().iterator();
        while (all.hasNext()) {
            Entry entry = all.next();
            if (now - entry.usedMillis <= settings.inactiveMillis()) {
                break;
            }
            all.remove();
            entry.release();
        }
        if (entries.isEmpty()) {
            whenEmpty.run();
        } else {
            sweep.arm(sweepMillis());
        }
    }

    /** Entries now; for tests. */
    int size() {
        return entries.size();
    }

    /** A path; the probe borrows the bytes of whoever asks. */
    private static final class Key {
        private byte[] bytes = new byte[0];
        private int length;
        private int hash;

        static Key of(Bytes path) {
            Key key = new Key();
            key.bytes = path.toArray();
            key.length = key.bytes.length;
            key.hash = hash(key.bytes, key.length);
            return key;
        }

        void borrow(Bytes path) {
            bytes = path.array();
            length = path.length();
            hash = hash(bytes, length);
        }

        private static int hash(byte[] bytes, int length) {
            int h = 1;
            for (int i = 0; i < length; i++) {
                h = 31 * h + bytes[i];
            }
            return h;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.hash == hash
                    && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
        }
    }

    private static final class Entry {
        final FileStatus status = new FileStatus();
        @Nullable
        OpenFile file;
        int errno;
        String failed = "";
        SymlinkRule symlinks = SymlinkRule.FOLLOW;
        int checkedFrom;
        int uses = 1;
        long madeMillis;
        long usedMillis;

        boolean isUnopened() {
            return errno == 0 && file == null && !status.isDirectory();
        }

        boolean give(FileLookup into) {
            if (errno != 0) {
                return into.failed(errno, failed);
            }
            into.status().copyFrom(status);
            if (file != null) {
                file.retain();
                into.opened(file);
            }
            return true;
        }

        void keep(FileAccess access, int from, FileStatus found, long now) {
            status.copyFrom(found);
            errno = 0;
            made(access, from, now);
        }

        void fail(FileAccess access, int from, FileLookup why, long now) {
            errno = why.errno();
            failed = why.failedCall();
            made(access, from, now);
        }

        private void made(FileAccess access, int from, long now) {
            symlinks = access.symlinks();
            checkedFrom = from;
            madeMillis = now;
        }

        void release() {
            if (file != null) {
                file.release();
                file = null;
            }
        }
    }
}
