package io.frontdesk.net.file;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.frontdesk.net.foreign.Libc;
import java.lang.foreign.MemorySegment;

/**
 * What {@code stat(2)} says of a file, as Java fields: filled again and again by {@link NativeFiles}, kept without
 * native memory
 * by caches. Not thread-safe: belongs to who made it. After a failed call it holds what it held before.
 */
public final class FileStatus {
    // struct stat of the kernel's 64-bit ABIs: the first fields lie in another order on ARM.
    private static final boolean ARM = Libc.isArm();
    private static final long DEVICE = 0;
    private static final long INODE = 8;
    private static final long MODE = ARM ? 16 : 24;
    private static final long UID = ARM ? 24 : 28;
    private static final long GID = ARM ? 28 : 32;
    private static final long SIZE = 48;
    private static final long BLOCKS = 64;
    private static final long MODIFIED = 88;
    private static final long MODIFIED_NANOS = 96;

    private long device;
    private long inode;
    private int mode;
    private int uid;
    private int gid;
    private long size;
    private long blocks;
    private long modifiedSeconds;
    private long modifiedNanos;

    void read(MemorySegment stat) {
        device = stat.get(JAVA_LONG, DEVICE);
        inode = stat.get(JAVA_LONG, INODE);
        mode = stat.get(JAVA_INT, MODE);
        uid = stat.get(JAVA_INT, UID);
        gid = stat.get(JAVA_INT, GID);
        size = stat.get(JAVA_LONG, SIZE);
        blocks = stat.get(JAVA_LONG, BLOCKS);
        modifiedSeconds = stat.get(JAVA_LONG, MODIFIED);
        modifiedNanos = stat.get(JAVA_LONG, MODIFIED_NANOS);
    }

    /** Takes over all fields of another status. */
    public void copyFrom(FileStatus other) {
        device = other.device;
        inode = other.inode;
        mode = other.mode;
        uid = other.uid;
        gid = other.gid;
        size = other.size;
        blocks = other.blocks;
        modifiedSeconds = other.modifiedSeconds;
        modifiedNanos = other.modifiedNanos;
    }

    /** True where both are the same file: device and inode. */
    public boolean isSameFile(FileStatus other) {
        return inode == other.inode && device == other.device;
    }

    /** Size in bytes. */
    public long size() {
        return size;
    }

    /** Space on the disk in bytes: what nginx counts for a cache's {@code max_size}. */
    public long diskBytes() {
        return blocks * 512;
    }

    /** Time of the last change, in seconds since 1970. */
    public long modifiedSeconds() {
        return modifiedSeconds;
    }

    /** The nanoseconds of {@link #modifiedSeconds}. */
    public long modifiedNanos() {
        return modifiedNanos;
    }

    /** Inode number: nginx's {@code uniq}. */
    public long inode() {
        return inode;
    }

    /** Device number. */
    public long device() {
        return device;
    }

    /** Owner. */
    public int uid() {
        return uid;
    }

    /** Group. */
    public int gid() {
        return gid;
    }

    /** Type and permissions, as {@code st_mode}. */
    public int mode() {
        return mode;
    }

    /** The nine permission bits and the three above them. */
    public int permissions() {
        return mode & 0xFFF;
    }

    /** What the file is. */
    public FileType type() {
        return FileType.ofMode(mode);
    }

    /** True for a regular file. */
    public boolean isRegular() {
        return type() == FileType.REGULAR;
    }

    /** True for a directory. */
    public boolean isDirectory() {
        return type() == FileType.DIRECTORY;
    }

    /** True for a symbolic link: only after {@code lstat}. */
    public boolean isSymlink() {
        return type() == FileType.SYMLINK;
    }
}
