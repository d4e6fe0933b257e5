package io.frontdesk.net.file;

import io.netty.util.AbstractReferenceCounted;

/**
 * An open descriptor with several owners: a cache of open files and each {@link FileRange} that is being sent. Starts
 * with one
 * reference, the maker's; the last release closes. Counting is thread-safe.
 */
public final class OpenFile extends AbstractReferenceCounted {
    private final int fd;

    /** Takes over a descriptor. */
    public OpenFile(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("not a descriptor: " + fd);
        }
        this.fd = fd;
    }

    /** The descriptor, valid while the caller holds a reference. */
    public int fd() {
        return fd;
    }

    @Override
    public OpenFile retain() {
        super.retain();
        return this;
    }

    @Override
    public OpenFile retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public OpenFile touch(Object hint) {
        return this;
    }

    @Override
    protected void deallocate() {
        NativeFiles.close(fd);
    }

    @Override
    public String toString() {
        return "OpenFile(fd " + fd + ", references " + refCnt() + ")";
    }
}
