package io.frontdesk.engine.address;

import io.frontdesk.net.AddressText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The far end of a connection. A value.
 *
 * @param address 4 or 16 bytes; none for a socket in the file system
 * @param port    0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
public record Remote(byte[] address, int port) {
    /** The address as the log shows it. */
    public String text() {
        try {
            return switch (address.length) {
                case 0 -> "unix:";
                case 4 -> AddressText.host(InetAddress.getByAddress(address));
                // not by InetAddress, which takes a mapped IPv4 address for one of IPv4
                default -> AddressText.host(Inet6Address.getByAddress(null, address, -1));
            };
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }
}
