package io.frontdesk.engine.cache;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.upstream.ResponseCopy;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.file.Errno;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A response on its way into a cache: a temporary file that gets its name once all of it is there, so that nobody ever reads a part. Loop
 * only.
 */
final class CacheWriter implements ResponseCopy {
    private final CacheLookup lookup;
    private final Worker worker;
    private final CacheZone zone;
    private final CacheEntry entry;
    private final String target;
    private final CachedHead head;
    private final long expectedLength;
    private @Nullable TempFile file;

    CacheWriter(CacheLookup lookup, Worker worker, CacheZone zone, CacheEntry entry, CachedHead head,
            long expectedLength) {
        this.lookup = lookup;
        this.worker = worker;
        this.zone = zone;
        this.entry = entry;
        this.target = zone.index().fileOf(entry.key());
        this.head = head;
        this.expectedLength = expectedLength;
    }

    /** Makes the file; false with a line now and then when the disk fails. */
    boolean open() {
        ByteBuf out = worker.allocator().directBuffer();
        try {
            head.write(out);
            if (head.length > CachedHead.MAX_BYTES) {
                return false;
            }
            // beside the file, so that it gets its name by a rename, and is found when we die before that
            TempFile made = TempFile.beside(target);
            file = made;
            made.append(out);
            return true;
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
            abandon();
            return false;
        } finally {
            out.release();
        }
    }

    private void complain(String message) {
        if (zone.index().mayComplain(worker.clock().millis())) {
            worker.errorLog().log(FaultKind.DISK_FAILED, Severity.CRIT, message);
        }
    }

    @Override
    public void read(ByteBuf in, int offset, int length) {
        TempFile to = file;
        if (to == null) {
            return;
        }
        try {
            to.append(in.slice(offset, length));
        } catch (IOException e) {
            // The answer goes on; only the copy is lost.
            complain(String.valueOf(e.getMessage()));
            abandon();
        }
    }

    @Override
    public void end() {
        TempFile whole = file;
        if (whole == null) {
            return;
        }
        long length = whole.length() - head.length;
        if ((expectedLength < 0 || expectedLength == length) && !lookup.isPurged(head)) {
            head.bodyLength = length;
            place(whole);
        }
        abandon();
    }

    private void place(TempFile whole) {
        ByteBuf out = worker.allocator().directBuffer(head.length);
        try {
            head.write(out);
            whole.rewrite(out);
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
            return;
        } finally {
            out.release();
        }
        int result = whole.renameTo(target);
        if (result < 0) {
            complain("rename() \"" + whole.path() + "\" to \"" + target + "\" failed " + Errno.describe(result));
            return;
        }
        zone.placed(entry, whole.length());
    }

    @Override
    public void abandon() {
        TempFile lost = file;
        if (lost != null) {
            file = null;
            lost.close();
            lookup.settled();
        }
    }
}
