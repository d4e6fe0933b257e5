package io.frontdesk.net.file;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import io.netty.channel.Channel;
import io.netty.channel.FileRegion;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A part of an open file on its way into one connection, sent by {@code sendfile(2)}. Netty's own
 * {@code DefaultFileRegion} needs a
 * {@code FileChannel}, and there is no way to one from a descriptor but to open the file again; Netty calls
 * {@link #transferTo} of any
 * other region, and there we hand the two descriptors to the kernel ourselves. Where the connection is not a Unix
 * channel the bytes
 * are read and written through the given channel.
 *
 * <p>
 * Holds one reference to its {@link OpenFile} and releases it with itself. Used by the connection's event loop only.
 */
public final class FileRange extends AbstractReferenceCounted implements FileRegion {
    /** Most bytes for one call: what {@code sendfile} takes, and what nginx bounds by {@code sendfile_max_chunk}. */
    public static final int MAX_CHUNK_BYTES = 2 * 1024 * 1024;

    private static final MemorySegment SENDFILE = Libc.function("sendfile");

    private final OpenFile file;
    private final long position;
    private final long count;
    private final int chunkBytes;
    private final @Nullable UnixChannel socket;
    private long transferred;

    /** Takes over one reference to the file: retain first to share it. */
    public FileRange(OpenFile file, long position, long count, Channel connection) {
        this(file, position, count, connection, MAX_CHUNK_BYTES);
    }

    /** As above, giving way to other connections after each {@code chunkBytes}. */
    public FileRange(OpenFile file, long position, long count, Channel connection, int chunkBytes) {
        if (position < 0 || count < 0 || chunkBytes <= 0) {
            throw new IllegalArgumentException("position " + position + ", count " + count + ", chunk " + chunkBytes);
        }
        this.file = file;
        this.position = position;
        this.count = count;
        this.chunkBytes = chunkBytes;
        this.socket = connection instanceof UnixChannel unix ? unix : null;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    @Deprecated
    public long transfered() {
        return transferred;
    }

    @Override
    public long transferred() {
        return transferred;
    }

    @Override
    public long count() {
        return count;
    }

    /**
     * Sends once, from {@code offset} within the range; 0 where the socket is full.
     *
     * @throws IOException
     *             with nginx's wording of the failed call; also where the file has become shorter than its range
     */
    @Override
    public long transferTo(WritableByteChannel target, long offset) throws IOException {
        int part = (int) Math.min(count - offset, chunkBytes);
        if (part <= 0) {
            return 0;
        }
        if (refCnt() == 0) {
            throw new IOException("file range has been released");
        }
        long sent = socket == null ? copyTo(target, offset, part) : send(socket, offset, part);
        transferred += sent;
        return sent;
    }

    private long send(UnixChannel connection, long offset, int part) throws IOException {
        Scratch scratch = Scratch.local();
        scratch.struct().set(JAVA_LONG, 0, position + offset);
        int socketFd = connection.fd().intValue();
        int result = Libc.callAgain(SENDFILE, scratch, socketFd, file.fd(), scratch.struct().address(), part);
        if (result > 0) {
            return result;
        }
        if (result == 0) {
            throw truncated(offset);
        }
        if (result == -Errno.EAGAIN) {
            return 0;
        }
        throw new IOException("sendfile() failed " + Errno.describe(result));
    }

    private long copyTo(WritableByteChannel target, long offset, int part) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(part, Scratch.BUFFER_BYTES));
        int result = FileData.pread(file.fd(), bytes.array(), 0, bytes.capacity(), position + offset);
        if (result == 0) {
            throw truncated(offset);
        }
        if (result < 0) {
            throw new IOException("pread() failed " + Errno.describe(result));
        }
        return target.write(bytes.limit(result));
    }

    private IOException truncated(long offset) {
        return new IOException("file was truncated: " + (count - offset) + " bytes missing at " + (position + offset));
    }

    @Override
    public FileRange retain() {
        super.retain();
        return this;
    }

    @Override
    public FileRange retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public FileRange touch() {
        return this;
    }

    @Override
    public FileRange touch(Object hint) {
        return this;
    }

    @Override
    protected void deallocate() {
        file.release();
    }
}
