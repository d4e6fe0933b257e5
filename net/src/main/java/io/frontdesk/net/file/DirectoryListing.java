package io.frontdesk.net.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The names in a directory, as byte strings and in the kernel's order. Asks {@code getdents64} itself: {@code readdir}
 * cannot tell its
 * end from an error without clearing {@code errno} first. Any thread; the visitor must not start another listing.
 */
public final class DirectoryListing {
    private static final MemorySegment SYSCALL = Libc.function("syscall");
    private static final long GETDENTS64 = Libc.isArm() ? 61 : 217;

    // struct linux_dirent64: inode, offset, then these.
    private static final long RECORD_BYTES = 16;
    private static final long TYPE = 18;
    private static final long NAME = 19;

    private DirectoryListing() {}

    /** Takes one name after the other. */
    @FunctionalInterface
    public interface Visitor {
        /** One name; {@code .} and {@code ..} are left out. */
        void entry(String name, FileType type);
    }

    /** Hands over all names; 0 or {@code -errno}. */
    public static int read(String path, Visitor visitor) {
        int fd = NativeFiles.open(path, OpenFlags.READ | OpenFlags.O_DIRECTORY);
        if (fd < 0) {
            return fd;
        }
        try {
            return read(fd, visitor);
        } finally {
            NativeFiles.close(fd);
        }
    }

    private static int read(int fd, Visitor visitor) {
        Scratch scratch = Scratch.local();
        // Its own memory: the visitor may read files, which go through the thread's buffer.
        byte[] copy = new byte[Scratch.BUFFER_BYTES];
        MemorySegment entries = MemorySegment.ofArray(copy);
        while (true) {
            MemorySegment buffer = scratch.buffer();
            int size = (int) Libc.callLong(SYSCALL, scratch, GETDENTS64, fd, buffer.address(), Scratch.BUFFER_BYTES);
            if (size <= 0) {
                return size;
            }
            MemorySegment.copy(buffer, JAVA_BYTE, 0, copy, 0, size);
            for (long entry = 0; entry < size;) {
                String name = Structures.byteString(entries, entry + NAME);
                if (!name.equals(".") && !name.equals("..")) {
                    visitor.entry(name, FileType.ofEntry(entries.get(JAVA_BYTE, entry + TYPE)));
                }
                entry += Short.toUnsignedInt(entries.get(JAVA_SHORT_UNALIGNED, entry + RECORD_BYTES));
            }
        }
    }
}
