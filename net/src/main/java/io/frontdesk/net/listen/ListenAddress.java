package io.frontdesk.net.listen;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.resolve.HostLookup;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a listening socket is: the argument of nginx's {@code listen}, after names became addresses. Equal addresses
 * are the
 * same socket, which is how a reload knows what to keep.
 */
public sealed interface ListenAddress {

    /** As nginx prints it: {@code 0.0.0.0:80}, {@code [::]:80}, {@code unix:/run/x.sock}. */
    String text();

    /** Whether it takes connections to every address of the machine. */
    boolean wildcard();

    /** Whether it is a file. */
    default boolean unix() {
        return this instanceof Unix;
    }

    /** A TCP (or UDP) port of one address, or of all. Port 0 leaves the choice to the kernel. */
    record Inet(InetAddress address, int port) implements ListenAddress {

        @Override
        public String text() {
            return AddressText.of(new InetSocketAddress(address, port));
        }

        @Override
        public boolean wildcard() {
            return address.isAnyLocalAddress();
        }

        // Written out: what a record gets by itself is made at run time, and each start would wait (docs/adr/0014).

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Inet inet && inet.port == port && inet.address.equals(address);
        }

        @Override
        public int hashCode() {
            return address.hashCode() * 31 + port;
        }

        /** Whether its socket is of the IPv6 family. */
        public boolean ipv6() {
            return address instanceof Inet6Address;
        }
    }

    /** A unix stream socket. The path is a byte string. */
    record Unix(String path) implements ListenAddress {

        @Override
        public String text() {
            return "unix:" + path;
        }

        @Override
        public boolean wildcard() {
            return false;
        }
    }

    /** What the argument of a {@code listen} turned out to be. */
    sealed interface Parsed {
        /** One address, or several where it names a range of ports or a host with several addresses; in order. */
        record Found(List<ListenAddress> addresses) implements Parsed {}

        /** None, with nginx's word for why, such as {@code invalid port}. */
        record Refused(String reason) implements Parsed {}
    }

    /**
     * Reads the first argument of {@code listen}: {@code 80}, {@code *:80}, {@code 127.0.0.1}, {@code [::]:80},
     * {@code localhost:8000-8010}, {@code unix:/path}. A host that is not a literal is asked of {@code lookup}, so it
     * may
     * block.
     */
    static Parsed parse(String value, HostLookup lookup) {
        return new ListenParser(value, lookup).parse();
    }
}
