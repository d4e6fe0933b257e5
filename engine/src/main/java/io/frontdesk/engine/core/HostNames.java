package io.frontdesk.engine.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The name of this machine. Control plane. */
public final class HostNames {
    private HostNames() {}

    /** The name that {@code $hostname} shows, in lower case. */
    public static String own() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
