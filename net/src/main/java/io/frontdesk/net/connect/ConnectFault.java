package io.frontdesk.net.connect;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.Errno;
import java.net.SocketAddress;

/**
 * Why an outbound connection did not come about. A value.
 *
 * @param step
 *            what failed
 * @param address
 *            the address of that step: the local one of BIND, the remote one of the others
 * @param immediate
 *            whether connect() itself said so, not the network later
 * @param errno
 *            what the system said, ETIMEDOUT for our own deadline
 */
public record ConnectFault(Step step, SocketAddress address, boolean immediate, Errno errno) {

    /** What can fail on the way to a connection. */
    public enum Step {
        SOCKET, BIND, CONNECT, DEADLINE
    }

    /** Whether it says nothing about the peer: this machine had no socket, no port or no such address of its own. */
    public boolean ours() {
        return switch (step) {
            case SOCKET, BIND -> true;
            case CONNECT -> errno.equals(Errno.EADDRNOTAVAIL);
            case DEADLINE -> false;
        };
    }

    /** Whether the time was up, which proxy_next_upstream distinguishes from an error. */
    public boolean timedOut() {
        return step == Step.DEADLINE;
    }

    /** As nginx logs it, up to the word "while": {@code connect() failed (111: Connection refused)}. */
    public String message() {
        return switch (step) {
            case SOCKET -> "socket() failed " + errno;
            case BIND -> "bind(" + AddressText.of(address) + ") failed " + errno;
            case CONNECT -> immediate
                    ? "connect() to " + AddressText.of(address) + " failed " + errno
                    : "connect() failed " + errno;
            case DEADLINE -> "upstream timed out " + errno;
        };
    }
}
