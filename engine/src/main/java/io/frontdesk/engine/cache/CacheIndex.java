package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.net.file.NativeFiles;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one folder, and where their files are. It goes over from configuration to configuration. While it is cold, the disk may have
 * files that it does not know of: those are looked for by name. Shared by all loops and {@link CacheUpkeep}.
 */
final class CacheIndex {
    private static final long COMPLAINT_MILLIS = 60_000;
    private static final long BLOCK_BYTES = 4096;
    /** Of how many entries the oldest makes room at once when the index is full. */
    private static final int SAMPLE = 32;

    private final String path;
    private final List<Integer> levels;
    private final ConcurrentHashMap<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong nextComplaint = new AtomicLong(Long.MIN_VALUE);
    private final CachePurges purges = new CachePurges();
    private volatile boolean cold = true;

    CacheIndex(String path, List<Integer> levels) {
        this.path = path;
        this.levels = levels;
    }

    /** Its folder. */
    String path() {
        return path;
    }

    /** Digits of the names of the folders below it. */
    List<Integer> levels() {
        return levels;
    }

    /** nginx: the first level is the hash's last digits, the next one those before them. */
    String fileOf(CacheKey key) {
        String hash = key.hex();
        StringBuilder full = new StringBuilder(path);
        int end = hash.length();
        for (int digits : levels) {
            full.append('/').append(hash, end - digits, end);
            end -= digits;
        }
        return full.append('/').append(hash).toString();
    }

    /** Whether the disk may have what is not known here. */
    boolean isCold() {
        return cold;
    }

    /** All that is on the disk is known. */
    void warmedUp() {
        cold = false;
    }

    /** The keys that were purged by their beginning. */
    CachePurges purges() {
        return purges;
    }

    /** What all files take on the disk. */
    long bytes() {
        return bytes.get();
    }

    int size() {
        return entries.size();
    }

    Collection<CacheEntry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** Gets hold of the entry of a key, which is made when there is none; null when there is no room, or it is just being removed. */
    @Nullable
    CacheEntry hold(CacheKey key, long nowMillis, int maxEntries) {
        CacheEntry known = entries.get(key);
        if (known == null) {
            if (entries.size() >= maxEntries && !makeRoom()) {
                return null;
            }
            CacheEntry fresh = new CacheEntry(key);
            fresh.lastUseMillis = nowMillis;
            fresh.hold();
            known = entries.putIfAbsent(key, fresh);
            if (known == null) {
                return fresh;
            }
        }
        if (!known.hold()) {
            return null;
        }
        known.lastUseMillis = nowMillis;
        return known;
    }

    /** The entry of a key, for a look; null when there is none. */
    @Nullable
    CacheEntry find(CacheKey key) {
        return entries.get(key);
    }

    /** Ends a hold; what has no file is forgotten when nobody needs to know how often it was asked for. */
    void release(CacheEntry entry, boolean countsUses) {
        if (entry.release() && !countsUses && !entry.exists() && entry.failure == null
                && entry.purgedMillis == 0 && entry.retire()) {
            entries.remove(entry.key(), entry);
        }
    }

    /** A file of an entry is in place. */
    void placed(CacheEntry entry, long fileBytes) {
        entry.failure = null;
        long onDisk = Math.max(1, fileBytes + BLOCK_BYTES - 1 & -BLOCK_BYTES);
        bytes.addAndGet(onDisk - entry.fileBytes.getAndSet(onDisk));
    }

    /** The file of an entry turned out not to be there. */
    void lost(CacheEntry entry) {
        bytes.addAndGet(-entry.fileBytes.getAndSet(0));
    }

    /** A file was found on the disk when the index was cold. */
    void found(CacheKey key, long fileBytes, long nowMillis, int maxEntries) {
        CacheEntry entry = hold(key, nowMillis, maxEntries);
        if (entry != null) {
            if (!entry.exists()) {
                placed(entry, fileBytes);
            }
            entry.release();
        }
    }

    /** A file that is not whole was found when the index was cold: removes it, unless a request has to do with it, which sees for itself. */
    void foundBroken(CacheKey key, long nowMillis, int maxEntries) {
        CacheEntry entry = hold(key, nowMillis, maxEntries);
        if (entry == null) {
            return;
        }
        if (!entry.exists() && entry.retireHeld()) {
            NativeFiles.unlink(fileOf(key));
            entries.remove(key, entry);
        } else {
            entry.release();
        }
    }

    /** Removes an entry with its file; false when somebody holds it. */
    boolean remove(CacheEntry entry) {
        if (!entry.retire()) {
            return false;
        }
        if (entry.exists()) {
            NativeFiles.unlink(fileOf(entry.key()));
            lost(entry);
        }
        // last, so that no other file of that name is removed
        entries.remove(entry.key(), entry);
        return true;
    }

    /** Forgets what is kept under a key, variants included; gives whether there was something. */
    boolean purge(CacheKey key, long nowMillis, long wallMillis, int maxEntries) {
        CacheEntry entry = hold(key, nowMillis, maxEntries);
        if (entry == null) {
            return false;
        }
        entry.failure = null;
        entry.purgedMillis = wallMillis;
        boolean any = NativeFiles.unlink(fileOf(key)) >= 0;
        lost(entry);
        release(entry, true);
        return any;
    }

    /** Whether what was kept under a main key at that time was purged since. */
    boolean isPurged(CacheKey main, Bytes text, long keptMillis) {
        CacheEntry entry = entries.get(main);
        return entry != null && entry.purgedMillis >= keptMillis || purges.cover(text, keptMillis);
    }

    /** When what is kept under a main key was purged last, in milliseconds of the wall clock; 0 when it was not. */
    long lastPurgeMillis(CacheKey main, Bytes text) {
        CacheEntry entry = entries.get(main);
        return Math.max(entry == null ? 0 : entry.purgedMillis, purges.last(text));
    }

    /** Removes an entry with its file; only the file when somebody holds the entry. */
    void drop(CacheEntry entry) {
        if (!remove(entry)) {
            NativeFiles.unlink(fileOf(entry.key()));
            lost(entry);
        }
    }

    private boolean makeRoom() {
        CacheEntry oldest = null;
        int seen = 0;
        for (Map.Entry<CacheKey, CacheEntry> each : entries.entrySet()) {
            CacheEntry entry = each.getValue();
            if (entry.renewal() == null && (oldest == null || entry.lastUseMillis < oldest.lastUseMillis)) {
                oldest = entry;
            }
            if (++seen == SAMPLE) {
                break;
            }
        }
        return oldest != null && remove(oldest);
    }

    /** Whether a line about the disk may be written: one a minute. */
    boolean mayComplain(long nowMillis) {
        long next = nextComplaint.get();
        return nowMillis >= next && nextComplaint.compareAndSet(next, nowMillis + COMPLAINT_MILLIS);
    }
}
