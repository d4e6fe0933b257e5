package io.frontdesk.engine.address;

/** IPv4 addresses within IPv6 ones ({@code ::ffff:192.0.2.1}, RFC 4291 §2.5.5.2), as clients of a socket for both have. Stateless. */
public final class MappedAddress {
    /** Where the four bytes begin. */
    public static final int OFFSET = 12;

    private MappedAddress() {}

    /** Whether the address is one. */
    public static boolean is(byte[] address) {
        if (address.length != 16 || address[10] != -1 || address[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
