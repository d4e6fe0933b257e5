package io.frontdesk.net.resolve;

import java.net.InetAddress;
import java.util.List;

/**
 * What a host name stands for, asked while a configuration is loaded. May block for as long as the system's resolver
 * takes, so it is for the control plane only, never for an event loop.
 */
@FunctionalInterface
public interface HostLookup {

    /**
     * All addresses of {@code host}, IPv4 and IPv6, in the order in which they should be used; none when there are
     * none,
     * for whatever reason, which is what nginx calls {@code host not found}.
     */
    List<InetAddress> addresses(String host);

    /** Who is asked in place of the system while this is bound: by a command that looks into a configuration offline. */
    ScopedValue<HostLookup> IN_PLACE_OF_SYSTEM = ScopedValue.newInstance();

    /** By the system: its hosts file, its DNS, its order. */
    static HostLookup system() {
        return IN_PLACE_OF_SYSTEM.orElse(SystemHostLookup.INSTANCE);
    }
}
