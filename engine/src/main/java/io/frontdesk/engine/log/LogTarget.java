package io.frontdesk.engine.log;

import java.io.IOException;

/** Where lines end: a file, standard error, a syslog server. Written by the log thread, and by loops that found no room. */
public interface LogTarget {
    /** Drops all: what a configuration that is only looked at has in place of its files. */
    LogTarget NONE = new LogTarget() { // no lambda: the AOT cache keeps none of an interface
        @Override
        public void write(byte[] lines, int offset, int length) {}
    };

    /** Writes whole lines, each with its newline. One caller at a time. */
    void write(byte[] lines, int offset, int length) throws IOException;

    /** Opens it anew, as a rotated log needs. */
    default void reopen() throws IOException {}
}
