package io.frontdesk.config;

/**
 * A place in the configuration: file, line and column, both from 1. A value; any thread.
 *
 * @param file
 *            the file's full name as nginx prints it (a byte string), or {@link #COMMAND_LINE}
 */
public record Position(String file, int line, int column) {

    /** The file of what stood behind {@code -g}; never the name of a real file, since those are full names. */
    public static final String COMMAND_LINE = "command line";

    /** Where things stand that nobody wrote, as the main block. A diagnostic there names no place. */
    public static final Position NOWHERE = new Position("", 0, 0);

    /** As nginx ends its messages: {@code FILE:LINE}, or {@code command line}. */
    @Override
    public String toString() {
        return file.equals(COMMAND_LINE) ? file : file + ":" + line;
    }
}
