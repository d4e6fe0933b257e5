package io.frontdesk.engine.core;

import io.frontdesk.net.ControlPlane;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The name of this machine. Control plane. */
@ControlPlane("configuration: the name of the machine is looked up once")
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
