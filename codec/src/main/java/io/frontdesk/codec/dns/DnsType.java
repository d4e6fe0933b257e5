package io.frontdesk.codec.dns;

import org.jspecify.annotations.Nullable;

/** What can be asked about a name, with its number. */
public enum DnsType {
    /** IPv4 addresses. */
    A(1),
    /** IPv6 addresses. */
    AAAA(28),
    /** Hosts and ports of a service, RFC 2782. */
    SRV(33);

    static final int CNAME = 5;
    static final int DNAME = 39;

    private final int number;

    DnsType(int number) {
        this.number = number;
    }

    /** Its number on the wire. */
    public int number() {
        return number;
    }

    /** The type of that number, or null. */
    public static @Nullable DnsType of(int number) {
        for (DnsType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
