package io.frontdesk.net;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Addresses as nginx prints and reads them. Stateless. */
public final class AddressText {

    private AddressText() {}

    /** {@code 127.0.0.1}, {@code ::1}: what {@code $remote_addr} says. */
    public static String host(InetAddress address) {
        return address instanceof Inet6Address v6
                ? IpText.printV6(v6.getAddress())
                : IpText.printV4(address.getAddress(), 0);
    }

    /** {@code 127.0.0.1:80}, {@code [::1]:80}, {@code unix:/run/x.sock}. */
    public static String of(SocketAddress address) {
        // No switch over types: the JVM makes its code at run time, and each start would wait (docs/adr/0014).
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            String host = host(inet.getAddress());
            return (inet.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        if (address instanceof DomainSocketAddress unix) {
            return "unix:" + bytes(unix.path());
        }
        return address instanceof UnixDomainSocketAddress unix ? "unix:" + bytes(unix.toString()) : address.toString();
    }

    /**
     * The address that a literal names, IPv4 in four decimal parts or IPv6 without brackets; null for anything else. A
     * mapped IPv4 address stays an IPv6 address.
     */
    public static @Nullable InetAddress literal(String text) {
        byte[] bytes = IpText.parse(text);
        if (bytes == null) {
            return null;
        }
        try {
            return bytes.length == 4 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("the length is one of the two that there are", e);
        }
    }

    /** The 4 or 16 bytes of a literal as {@link #literal} reads it; null for anything else. */
    public static byte @Nullable [] parse(String text) {
        return IpText.parse(text);
    }

    /** The name that an address of {@link io.frontdesk.net.resolve.HostsFile} stands for; null for any other address. */
    public static @Nullable String unresolved(InetAddress address) {
        if (!address.isAnyLocalAddress()) {
            return null;
        }
        // To ask it for its name might ask the system.
        String text = address.toString();
        int slash = text.indexOf('/');
        return slash <= 0 ? null : text.substring(0, slash);
    }

    /** A file name as the byte string that the rest of the program deals in. */
    private static String bytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
