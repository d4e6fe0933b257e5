package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.file.FileData;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFile;
import io.frontdesk.net.file.OpenFlags;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A response that is kept, open for reading. Owned by a look-up; loop only. */
public final class KeptFile implements AutoCloseable {
    final CachedHead head;
    private final OpenFile file;
    private final FileStatus status;

    private KeptFile(CachedHead head, OpenFile file, FileStatus status) {
        this.head = head;
        this.file = file;
        this.status = status;
    }

    /** Opens one; null when there is none, or it is not whole. */
    static @Nullable KeptFile open(String path, Worker worker) {
        int fd = NativeFiles.open(path, OpenFlags.READ);
        if (fd < 0) {
            return null;
        }
        FileStatus status = new FileStatus();
        CachedHead read = null;
        ByteBuf in = worker.allocator().directBuffer();
        try {
            read = CachedHead.read(fd, in, status);
        } finally {
            in.release();
            if (read == null) {
                NativeFiles.close(fd);
            }
        }
        return read == null ? null : new KeptFile(read, new OpenFile(fd), status);
    }

    boolean isOf(Bytes key) {
        Bytes own = head.key;
        return Arrays.equals(own.array(), 0, own.length(), key.array(), 0, key.length());
    }

    /** The head. */
    public io.frontdesk.engine.upstream.UpstreamHead head() {
        return head;
    }

    /** The open file; the caller gets a reference of its own. */
    public OpenFile retainFile() {
        return file.retain();
    }

    /** Where in the file the body begins. */
    public long bodyOffset() {
        return head.length;
    }

    /** How long it is. */
    public long bodyLength() {
        return head.bodyLength;
    }

    /** Writes the head anew, which is as long as before, unless another response has taken the place. */
    void rewrite(String path, Worker worker) {
        int fd = NativeFiles.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CLOEXEC);
        if (fd < 0) {
            return;
        }
        ByteBuf out = worker.allocator().directBuffer(head.length);
        try {
            FileStatus now = new FileStatus();
            if (NativeFiles.fstat(fd, now) >= 0 && now.isSameFile(status) && now.size() == status.size()) {
                // whoever reads it meanwhile may find a wrong checksum, and asks the upstream
                head.write(out);
                FileData.pwrite(fd, out, 0);
            }
        } finally {
            out.release();
            NativeFiles.close(fd);
        }
    }

    @Override
    public void close() {
        file.release();
    }
}
