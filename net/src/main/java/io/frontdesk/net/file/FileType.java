package io.frontdesk.net.file;

/** What a name in a directory stands for. */
public enum FileType {
    /** A regular file. */
    REGULAR,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link. */
    SYMLINK,
    /** A socket, a FIFO or a device. */
    OTHER,
    /** The file system does not say without a {@code stat}. */
    UNKNOWN;

    private static final int FORMAT = 0xF000;

    static FileType ofMode(int mode) {
        return switch (mode & FORMAT) {
            case 0x8000 -> REGULAR;
            case 0x4000 -> DIRECTORY;
            case 0xA000 -> SYMLINK;
            default -> OTHER;
        };
    }

    /** The {@code d_type} of a directory entry, which is the mode's format shifted down. */
    static FileType ofEntry(int type) {
        return type == 0 ? UNKNOWN : ofMode(type << 12);
    }
}
