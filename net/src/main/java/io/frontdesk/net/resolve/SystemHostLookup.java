package io.frontdesk.net.resolve;

import io.frontdesk.net.ControlPlane;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Asks the system's resolver, and leaves out the addresses of a family that this machine has no address of. Stateless
 * but
 * for the cache that the JDK keeps; safe on any thread that may block.
 */
@ControlPlane("whoever loads a configuration; waits for the resolver")
final class SystemHostLookup implements HostLookup {

    static final SystemHostLookup INSTANCE = new SystemHostLookup();

    private SystemHostLookup() {}

    @Override
    public List<InetAddress> addresses(String host) {
        // The JDK would take an empty name for the loopback address.
        if (host.isEmpty()) {
            return List.of();
        }
        try {
            return usable(Arrays.asList(InetAddress.getAllByName(host)), seen(Inet4Address.class),
                    seen(Inet6Address.class));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /**
     * As AI_ADDRCONFIG, which nginx asks for: when the machine has addresses of one family only, only those are of use.
     */
    static List<InetAddress> usable(List<InetAddress> found, boolean seenV4, boolean seenV6) {
        if (seenV4 == seenV6) {
            return List.copyOf(found);
        }
        var kept = new ArrayList<InetAddress>(found.size());
        for (InetAddress address : found) {
            if (address instanceof Inet4Address == seenV4) {
                kept.add(address);
            }
        }
        return List.copyOf(kept);
    }

    /** Whether an interface has an address of this family, the loopback addresses not counted. */
    private static boolean seen(Class<? extends InetAddress> family) {
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(card.getInetAddresses())) {
                    if (family.isInstance(address) && !address.isLoopbackAddress()) {
                        return true;
                    }
                }
            }
        } catch (SocketException e) {
            // Not known, so nothing is left out.
            return true;
        }
        return false;
    }
}
