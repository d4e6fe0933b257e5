package io.frontdesk.app.command;

/** The exit statuses of the commands. */
public final class Exit {
    /** What was asked for was done; for lint: nothing is wrong. */
    public static final int OK = 0;
    /** What was asked for is not there (no such server, say); for lint: there are findings of level error. */
    public static final int FOUND = 1;
    /** The configuration is broken. */
    public static final int CONFIG = 2;
    /** The command line makes no sense. */
    public static final int USAGE = 64;

    private Exit() {}
}
