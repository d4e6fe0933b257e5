package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.worker.TempFolder;
import io.frontdesk.net.file.NativeFiles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One cache: its folder and its index. The files say all that is needed to answer by them, so that the index may forget and a new process
 * knows of none: a key that is not in the index is looked for on the disk. Shared by all loops.
 */
public final class CacheZone {
    private static final int ENTRIES_PER_MEGABYTE = 8000;
    private static final long SWEEP_MILLIS = 10_000;
    private static final int SWEEP_ENTRIES = 1000;
    private static final int SAMPLE = 32;

    private final String name;
    private final String path;
    private final int[] levels;
    private final long maxBytes;
    private final long inactiveMillis;
    private final int maxEntries;
    private final TempFolder temporary;
    private final ConcurrentHashMap<String, CacheEntry> entries = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong nextSweep = new AtomicLong();

    CacheZone(String name, String path, List<Integer> levels, long zoneBytes, long maxBytes, long inactiveMillis) {
        this.name = name;
        this.path = path;
        this.levels = levels.stream().mapToInt(Integer::intValue).toArray();
        this.maxBytes = maxBytes;
        this.inactiveMillis = inactiveMillis;
        this.maxEntries = (int) Math.min(Integer.MAX_VALUE,
                Math.max(64, zoneBytes * ENTRIES_PER_MEGABYTE / (1 << 20)));
        // beside the files, so that a file gets its name by a rename
        this.temporary = new TempFolder(path + "/temp", List.of());
    }

    /** The name of its {@code keys_zone}. */
    public String name() {
        return name;
    }

    TempFolder temporary() {
        return temporary;
    }

    /** The name that a key has in the index and on the disk. */
    static String hash(Bytes key) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(key.array(), 0, key.length());
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** nginx: the first level is the hash's last digits, the next one those before them. */
    String fileOf(String hash) {
        StringBuilder full = new StringBuilder(path);
        int end = hash.length();
        for (int digits : levels) {
            full.append('/').append(hash, end - digits, end);
            end -= digits;
        }
        return full.append('/').append(hash).toString();
    }

    CacheEntry entry(String hash, long nowMillis) {
        CacheEntry known = entries.get(hash);
        if (known == null) {
            CacheEntry fresh = new CacheEntry();
            known = entries.putIfAbsent(hash, fresh);
            if (known == null) {
                known = fresh;
            }
        }
        known.lastUseMillis = nowMillis;
        long due = nextSweep.get();
        if (nowMillis >= due && nextSweep.compareAndSet(due, nowMillis + SWEEP_MILLIS)) {
            sweep(nowMillis);
        }
        return known;
    }

    /** A file has been put in place. */
    void added(CacheEntry entry, long fileBytes, long nowMillis) {
        bytes.addAndGet(fileBytes - entry.fileBytes.getAndSet(fileBytes));
        for (int most = SAMPLE; most > 0 && isTooLarge(); most--) {
            removeOldestOfSome(entry, nowMillis);
        }
    }

    private boolean isTooLarge() {
        return bytes.get() > maxBytes || entries.size() > maxEntries;
    }

    private void removeOldestOfSome(CacheEntry spared, long nowMillis) {
        Map.Entry<String, CacheEntry> oldest = null;
        int seen = 0;
        for (Map.Entry<String, CacheEntry> each : entries.entrySet()) {
            if (each.getValue() != spared
                    && (oldest == null || each.getValue().lastUseMillis < oldest.getValue().lastUseMillis)) {
                oldest = each;
            }
            if (++seen == SAMPLE) {
                break;
            }
        }
        if (oldest != null) {
            remove(oldest.getKey(), oldest.getValue());
        }
    }

    /** Removes what nobody has asked for in {@code inactive}: some of it, so that no loop is busy for long. */
    private void sweep(long nowMillis) {
        int left = SWEEP_ENTRIES;
        for (Iterator<Map.Entry<String, CacheEntry>> all = entries.entrySet().iterator(); all.hasNext() && left > 0;) {
            Map.Entry<String, CacheEntry> each = all.next();
            if (nowMillis - each.getValue().lastUseMillis > inactiveMillis) {
                remove(each.getKey(), each.getValue());
                left--;
            }
        }
    }

    private void remove(String hash, CacheEntry entry) {
        if (entries.remove(hash, entry)) {
            bytes.addAndGet(-entry.fileBytes.getAndSet(0));
            NativeFiles.unlink(fileOf(hash));
        }
    }
}
