package io.frontdesk.net.listen;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.listen.ListenAddress.Parsed;
import io.frontdesk.net.resolve.HostLookup;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one address of a {@code listen}. Made for one value, used once, on the control plane. */
@ControlPlane("whoever loads a configuration; asks for host names")
final class ListenParser {

    private static final int DEFAULT_PORT = 80;
    /** sun_path of sockaddr_un on Linux holds 108 bytes, the last of them NUL. */
    private static final int MAX_UNIX_PATH = 107;

    private final String value;
    private final HostLookup lookup;

    ListenParser(String value, HostLookup lookup) {
        this.value = value;
        this.lookup = lookup;
    }

    Parsed parse() {
        if (value.regionMatches(true, 0, "unix:", 0, 5)) {
            return unix(value.substring(5));
        }
        if (value.indexOf('/') >= 0 || value.indexOf('?') >= 0) {
            return refused("invalid host");
        }
        return value.startsWith("[") ? ipv6() : hostOrPort();
    }

    private static Parsed unix(String path) {
        if (path.isEmpty()) {
            return refused("no path in the unix domain socket");
        }
        if (path.length() > MAX_UNIX_PATH) {
            return refused("too long path in the unix domain socket");
        }
        return new Parsed.Found(List.of(new ListenAddress.Unix(path)));
    }

    private Parsed ipv6() {
        int close = value.indexOf(']');
        if (close < 0) {
            return refused("invalid host");
        }
        String rest = value.substring(close + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ':') {
            return refused("invalid host");
        }
        String host = value.substring(1, close);
        if (host.isEmpty()) {
            return refused("no host");
        }
        InetAddress address = AddressText.literal(host);
        if (!(address instanceof Inet6Address)) {
            return refused("invalid IPv6 address");
        }
        return ports(rest.isEmpty() ? Integer.toString(DEFAULT_PORT) : rest.substring(1), List.of(address));
    }

    private Parsed hostOrPort() {
        int colon = value.indexOf(':');
        if (colon < 0 && isPortOrRange(value)) {
            return ports(value, List.of(anyV4()));
        }
        String host = colon < 0 ? value : value.substring(0, colon);
        String ports = colon < 0 ? Integer.toString(DEFAULT_PORT) : value.substring(colon + 1);
        Parsed portsAlone = ports(ports, List.of(anyV4()));
        if (portsAlone instanceof Parsed.Refused) {
            return portsAlone;
        }
        if (host.isEmpty()) {
            return refused("no host");
        }
        List<InetAddress> addresses = addresses(host);
        // nginx: what a host has twice is listened on once.
        return addresses.isEmpty() ? refused("host not found") : ports(ports, addresses.stream().distinct().toList());
    }

    private List<InetAddress> addresses(String host) {
        if (host.equals("*")) {
            return List.of(anyV4());
        }
        InetAddress literal = AddressText.literal(host);
        return literal instanceof Inet4Address ? List.of(literal) : lookup.addresses(host);
    }

    /** Every address with every port of {@code ports}, which is a port or a range. */
    private static Parsed ports(String ports, List<InetAddress> addresses) {
        int dash = ports.indexOf('-');
        Integer first = port(dash < 0 ? ports : ports.substring(0, dash));
        Integer last = dash < 0 ? first : port(ports.substring(dash + 1));
        if (first == null || last == null) {
            return refused("invalid port");
        }
        if (first > last) {
            return refused("invalid port range");
        }
        var found = new ArrayList<ListenAddress>();
        for (InetAddress address : addresses) {
            for (int port = first; port <= last; port++) {
                found.add(new ListenAddress.Inet(address, port));
            }
        }
        return new Parsed.Found(List.copyOf(found));
    }

    private static @Nullable Integer port(String text) {
        if (text.length() > 5 || !isNumber(text)) {
            return null;
        }
        int port = Integer.parseInt(text);
        return port < 1 || port > 65535 ? null : port;
    }

    /** A host may have a dash in its name, and then no number on one side of it. */
    private static boolean isPortOrRange(String text) {
        int dash = text.indexOf('-');
        return dash < 0 ? isNumber(text) : isNumber(text.substring(0, dash)) && isNumber(text.substring(dash + 1));
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static InetAddress anyV4() {
        InetAddress any = AddressText.literal("0.0.0.0");
        if (any == null) {
            throw new AssertionError("0.0.0.0 is an address");
        }
        return any;
    }

    private static Parsed refused(String reason) {
        return new Parsed.Refused(reason);
    }
}
