package io.frontdesk.net.file;

import io.frontdesk.net.foreign.Libc;

/** The flags of {@code open(2)} on Linux, under their own names. Four of them differ between processors. Immutable. */
public final class OpenFlags {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int O_DIRECTORY = Libc.isArm() ? 0x4000 : 0x10000;
    public static final int O_NOFOLLOW = Libc.isArm() ? 0x8000 : 0x20000;
    public static final int O_DIRECT = Libc.isArm() ? 0x10000 : 0x4000;

    /** As a static file is opened; not blocking, so that a FIFO under the root cannot stop an event loop. */
    public static final int READ = O_RDONLY | O_NONBLOCK | O_CLOEXEC;

    /** As a log is opened: made if it is not there, always written at its end. */
    public static final int APPEND = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;

    /** As a temporary file is made: a name that is there already is EEXIST. */
    public static final int CREATE_NEW = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;

    private OpenFlags() {}
}
