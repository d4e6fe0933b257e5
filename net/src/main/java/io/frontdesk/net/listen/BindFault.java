package io.frontdesk.net.listen;

import io.frontdesk.net.Errno;

/**
 * Why a listening socket could not be opened. A value.
 *
 * @param step
 *            the system call that failed
 * @param address
 *            where it should have listened
 * @param backlog
 *            what listen() was asked for
 * @param errno
 *            what it said
 */
public record BindFault(Step step, ListenAddress address, int backlog, Errno errno) {

    /** A system call on the way to listening. */
    public enum Step {
        SOCKET, BIND, LISTEN
    }

    /** As nginx logs it: {@code bind() to 127.0.0.1:80 failed (98: Address already in use)}. */
    public String message() {
        return switch (step) {
            case SOCKET -> "socket() " + address.text() + " failed " + errno;
            case BIND -> "bind() to " + address.text() + " failed " + errno;
            case LISTEN -> "listen() to " + address.text() + ", backlog " + backlog + " failed " + errno;
        };
    }
}
