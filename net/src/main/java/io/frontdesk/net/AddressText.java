package io.frontdesk.net;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Addresses as nginx prints and reads them. Stateless. */
public final class AddressText {

    private AddressText() {}

    /** {@code 127.0.0.1}, {@code ::1}: what {@code $remote_addr} says. */
    public static String host(InetAddress address) {
        if (address instanceof Inet6Address v6) {
            // NetUtil would print a mapped address as IPv4 only when asked to; nginx prints it ::ffff:127.0.0.1.
            byte[] bytes = v6.getAddress();
            if (isMapped(bytes)) {
                return "::ffff:" + (bytes[12] & 0xff) + "." + (bytes[13] & 0xff) + "." + (bytes[14] & 0xff) + "."
                        + (bytes[15] & 0xff);
            }
            return NetUtil.toAddressString(v6);
        }
        return address.getHostAddress();
    }

    /** {@code 127.0.0.1:80}, {@code [::1]:80}, {@code unix:/run/x.sock}. */
    public static String of(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet when inet.getAddress() instanceof Inet6Address v6 ->
                "[" + host(v6) + "]:" + inet.getPort();
            case InetSocketAddress inet when inet.getAddress() != null ->
                host(inet.getAddress()) + ":" + inet.getPort();
            case DomainSocketAddress unix -> "unix:" + bytes(unix.path());
            case UnixDomainSocketAddress unix -> "unix:" + bytes(unix.toString());
            default -> address.toString();
        };
    }

    /**
     * The address that a literal names, IPv4 in four decimal parts or IPv6 without brackets; null for anything else.
     */
    public static @Nullable InetAddress literal(String text) {
        if (text.indexOf('%') >= 0 || !NetUtil.isValidIpV4Address(text) && !NetUtil.isValidIpV6Address(text)) {
            return null;
        }
        return text.indexOf(':') >= 0
                ? NetUtil.getByName(text, false)
                : NetUtil.createInetAddressFromIpAddressString(text);
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    /** A file name as the byte string that the rest of the program deals in. */
    private static String bytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
