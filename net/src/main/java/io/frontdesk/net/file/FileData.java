package io.frontdesk.net.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Reading and writing open files. A direct {@link ByteBuf} is filled and emptied where it lies. A {@code byte[]} goes
 * through the
 * thread's {@link Scratch}: pinning the heap instead saves a copy that cannot be measured beside the system call, and
 * would hold
 * up every thread's garbage collection for as long as a disk takes. Results as in {@link NativeFiles}: bytes, or
 * {@code -errno}.
 */
public final class FileData {
    private static final MemorySegment PREAD = Libc.function("pread");
    private static final MemorySegment PWRITE = Libc.function("pwrite");
    private static final MemorySegment WRITE = Libc.function("write");
    private static final MemorySegment FTRUNCATE = Libc.function("ftruncate");
    private static final MemorySegment FADVISE = Libc.function("posix_fadvise");

    private FileData() {}

    /**
     * Reads once, at most {@code length} bytes from {@code offset}, behind the buffer's writer index, and moves that; 0
     * at the end of
     * the file.
     */
    public static int pread(int fd, ByteBuf target, int length, long offset) {
        target.ensureWritable(length);
        int start = target.writerIndex();
        int result;
        if (target.isDirect()) {
            long address = address(target, start, length);
            result = (int) Libc.callLong(PREAD, Scratch.local(), fd, address, length, offset);
        } else {
            result = pread(fd, target.array(), target.arrayOffset() + start, length, offset);
        }
        if (result > 0) {
            target.writerIndex(start + result);
        }
        return result;
    }

    /** Reads into an array until {@code length} bytes are there or the file ends; the number of bytes. */
    public static int pread(int fd, byte[] target, int start, int length, long offset) {
        Scratch scratch = Scratch.local();
        MemorySegment buffer = scratch.buffer();
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, Scratch.BUFFER_BYTES);
            int result = (int) Libc.callLong(PREAD, scratch, fd, buffer.address(), part, offset + done);
            if (result < 0) {
                return result;
            }
            MemorySegment.copy(buffer, JAVA_BYTE, 0, target, start + done, result);
            done += result;
            if (result < part) {
                break;
            }
        }
        return done;
    }

    /** Writes once what is readable in the buffer at {@code offset}, and moves its reader index. */
    public static int pwrite(int fd, ByteBuf source, long offset) {
        return emptied(PWRITE, fd, source, offset);
    }

    /** Writes once what is readable in the buffer, where the file stands or at its end with {@code O_APPEND}. */
    public static int write(int fd, ByteBuf source) {
        return emptied(WRITE, fd, source, 0);
    }

    /** Writes a range of an array at {@code offset}: all of it, unless an error comes first. */
    public static int pwrite(int fd, byte[] source, int start, int length, long offset) {
        Scratch scratch = Scratch.local();
        MemorySegment buffer = scratch.buffer();
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, Scratch.BUFFER_BYTES);
            MemorySegment.copy(source, start + done, buffer, JAVA_BYTE, 0, part);
            int result = (int) Libc.callLong(PWRITE, scratch, fd, buffer.address(), part, offset + done);
            if (result < 0) {
                return result;
            }
            done += result;
        }
        return done;
    }

    /** Writes a range of an array once: one line of a log stays in one piece up to {@link Scratch#BUFFER_BYTES}. */
    public static int write(int fd, byte[] source, int start, int length) {
        Scratch scratch = Scratch.local();
        int part = Math.min(length, Scratch.BUFFER_BYTES);
        MemorySegment.copy(source, start, scratch.buffer(), JAVA_BYTE, 0, part);
        return (int) Libc.callLong(WRITE, scratch, fd, scratch.buffer().address(), part, 0);
    }

    /** Cuts a file, or lengthens it by a hole. */
    public static int truncate(int fd, long size) {
        return Libc.callAgain(FTRUNCATE, Scratch.local(), fd, size, 0, 0);
    }

    /**
     * Tells the kernel that a range will be read soon ({@code read_ahead}). This one returns its error; here it is made
     * negative.
     */
    public static int willNeed(int fd, long offset, long length) {
        return -Math.abs(Libc.call(FADVISE, Scratch.local(), fd, offset, length, 3));
    }

    private static int emptied(MemorySegment function, int fd, ByteBuf source, long offset) {
        int length = source.readableBytes();
        int result;
        if (source.isDirect()) {
            long address = address(source, source.readerIndex(), length);
            result = (int) Libc.callLong(function, Scratch.local(), fd, address, length, offset);
        } else {
            Scratch scratch = Scratch.local();
            int part = Math.min(length, Scratch.BUFFER_BYTES);
            MemorySegment.copy(source.array(), source.arrayOffset() + source.readerIndex(), scratch.buffer(), JAVA_BYTE,
                    0, part);
            result = (int) Libc.callLong(function, scratch, fd, scratch.buffer().address(), part, offset);
        }
        if (result > 0) {
            source.skipBytes(result);
        }
        return result;
    }

    /** The address of a range of a direct buffer, which the caller's reference keeps alive. */
    static long address(ByteBuf buffer, int index, int length) {
        if (buffer.hasMemoryAddress()) {
            return buffer.memoryAddress() + index;
        }
        ByteBuffer nio = buffer.nioBufferCount() == 1 ? buffer.internalNioBuffer(index, length) : null;
        if (nio == null) {
            throw new IllegalArgumentException("a composite buffer has no one address");
        }
        return MemorySegment.ofBuffer(nio).address();
    }
}
