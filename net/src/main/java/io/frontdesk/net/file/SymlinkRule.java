package io.frontdesk.net.file;

/** The values of nginx's {@code disable_symlinks}. */
public enum SymlinkRule {
    /** {@code off}: links are followed. */
    FOLLOW,
    /** {@code on}: a link anywhere in the path denies the file. */
    DENY,
    /** {@code if_not_owner}: a link is followed where it and what it leads to have one owner. */
    DENY_OTHER_OWNER
}
