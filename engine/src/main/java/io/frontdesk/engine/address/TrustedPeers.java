package io.frontdesk.engine.address;

import io.frontdesk.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom one believes what it tells of others. Immutable, any thread.
 *
 * @param networks their addresses
 * @param unix     whether all that come by a socket in the file system are among them
 */
public record TrustedPeers(List<Cidr> networks, boolean unix) {
    /** Those by a socket in the file system. */
    public static final TrustedPeers UNIX = new TrustedPeers(List.of(), true);

    public TrustedPeers {
        networks = List.copyOf(networks);
    }

    /** All of them. */
    public static TrustedPeers union(List<TrustedPeers> parts) {
        List<Cidr> networks = new ArrayList<>();
        boolean unix = false;
        for (TrustedPeers part : parts) {
            networks.addAll(part.networks);
            unix |= part.unix;
        }
        return new TrustedPeers(networks, unix);
    }

    /** Whether an address is one of theirs; one of IPv4 within IPv6 counts as IPv4. */
    public boolean contains(byte[] address) {
        if (address.length == 0) {
            return unix;
        }
        int offset = MappedAddress.is(address) ? MappedAddress.OFFSET : 0;
        int length = address.length - offset;
        for (Cidr network : networks) {
            if (network.address().length == length && network.contains(address, offset)) {
                return true;
            }
        }
        return false;
    }
}
