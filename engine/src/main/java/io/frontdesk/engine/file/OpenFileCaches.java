package io.frontdesk.engine.file;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.worker.Worker;
import java.util.IdentityHashMap;

/** The caches of open files of one loop, made at first use and dropped when empty. Loop only. */
final class OpenFileCaches {
    private final Worker worker;
    private final IdentityHashMap<Object, OpenFileCache> caches = new IdentityHashMap<>();

    private OpenFileCaches(Worker worker) {
        this.worker = worker;
    }

    static OpenFileCaches of(Worker worker) {
        return worker.own(OpenFileCaches.class, () -> new OpenFileCaches(worker));
    }

    boolean find(OpenFileCacheSettings settings, FileAccess access, Bytes path, int checkedFrom, FileLookup into) {
        OpenFileCache cache = caches.get(settings.block());
        if (cache == null) {
            cache = new OpenFileCache(worker.clock(), worker.wheel(), settings, () -> caches.remove(settings.block()));
            caches.put(settings.block(), cache);
        }
        return cache.find(settings, access, path, checkedFrom, into);
    }
}
