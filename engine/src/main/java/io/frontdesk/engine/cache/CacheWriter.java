package io.frontdesk.engine.cache;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.upstream.ResponseCopy;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.NativeFiles;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A response on its way into a cache: a temporary file that gets its name once all of it is there, so that nobody ever reads a part. Loop
 * only.
 */
final class CacheWriter implements ResponseCopy {
    private static final int FOLDER_MODE = 0700;

    private final Worker worker;
    private final CacheZone zone;
    private final CacheEntry entry;
    private final String target;
    private final CachedHead head;
    private final long expectedLength;
    private @Nullable TempFile file;

    CacheWriter(Worker worker, CacheZone zone, CacheEntry entry, String target, CachedHead head, long expectedLength) {
        this.worker = worker;
        this.zone = zone;
        this.entry = entry;
        this.target = target;
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
            TempFile made = zone.temporary().create(false);
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
        if (zone.temporary().mayComplain(worker.clock().millis())) {
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
        if (expectedLength < 0 || expectedLength == length) {
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
        if (result == -Errno.ENOENT) {
            NativeFiles.makeParents(target, FOLDER_MODE);
            result = whole.renameTo(target);
        }
        if (result < 0) {
            complain("rename() \"" + whole.path() + "\" to \"" + target + "\" failed " + Errno.describe(result));
            return;
        }
        entry.errorStatus = 0;
        zone.added(entry, whole.length(), worker.clock().millis());
    }

    @Override
    public void abandon() {
        TempFile lost = file;
        if (lost != null) {
            file = null;
            lost.close();
        }
    }
}
