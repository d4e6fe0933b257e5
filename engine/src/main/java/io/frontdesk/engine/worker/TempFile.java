package io.frontdesk.engine.worker;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A temporary file: written once from the start, read by position. nginx writes such files on its loop too; the page cache makes it a
 * copy. Owned by whoever made it; one thread at a time.
 */
public final class TempFile implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Path path;
    private final FileChannel channel;
    private final boolean kept;
    private long length;

    private TempFile(Path path, FileChannel channel, boolean kept) {
        this.path = path;
        this.channel = channel;
        this.kept = kept;
    }

    /**
     * Makes a new file with a name of ten digits in a folder, which is made when it is missing.
     *
     * @throws IOException with nginx's wording
     */
    public static TempFile create(String folder, boolean kept) throws IOException {
        Path in = Path.of(folder);
        Files.createDirectories(in);
        while (true) {
            Path path = in.resolve(String.format("%010d", NUMBERS.incrementAndGet()));
            try {
                FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                return new TempFile(path, channel, kept);
            } catch (java.nio.file.FileAlreadyExistsException e) {
                continue;
            } catch (IOException e) {
                throw new IOException("open() \"" + path + "\" failed (" + e.getMessage() + ")", e);
            }
        }
    }

    /** Appends all readable bytes without consuming them. */
    public void append(ByteBuf bytes) throws IOException {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            int n = bytes.getBytes(at, channel, length, end - at);
            if (n <= 0) {
                throw new IOException("pwrite() \"" + path + "\" has written nothing");
            }
            at += n;
            length += n;
        }
    }

    /** Reads so many bytes from a position, which are there, to the end of a buffer. */
    public void read(long position, ByteBuf to, int count) throws IOException {
        int left = count;
        while (left > 0) {
            int n = to.writeBytes(channel, position + count - left, left);
            if (n <= 0) {
                throw new IOException("pread() \"" + path + "\" has read nothing");
            }
            left -= n;
        }
    }

    /** Its path. */
    public Path path() {
        return path;
    }

    /** Bytes written. */
    public long length() {
        return length;
    }

    /** The channel, for reading by position and for file regions. */
    public FileChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (!kept) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
