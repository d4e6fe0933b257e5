package io.frontdesk.engine.lint;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Who can reach an origin at an address. */
public enum Exposure {
    /** This machine only. */
    LOOPBACK,
    /** A private network. */
    PRIVATE,
    /** Everybody. */
    PUBLIC,
    /** No address of an origin at all: the one that stands for all of this machine. */
    WILDCARD;

    /** Of an address: RFC 1918, RFC 6598 and RFC 4193 say what is private. */
    public static Exposure of(InetAddress address) {
        byte[] a = address.getAddress();
        int first = a[0] & 0xff;
        int second = a[1] & 0xff;
        if (address.isAnyLocalAddress()) {
            return WILDCARD;
        }
        if (address.isLoopbackAddress() || first == 127 && a.length == 4) {
            return LOOPBACK;
        }
        boolean local = address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress();
        boolean unique = address instanceof Inet6Address && (first & 0xfe) == 0xfc;
        boolean shared = a.length == 4
                && (first == 100 && (second & 0xc0) == 64 || first == 198 && (second & 0xfe) == 18);
        return local || unique || shared ? PRIVATE : PUBLIC;
    }
}
