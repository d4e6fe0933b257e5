package io.frontdesk.engine.upstream;

import io.frontdesk.net.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer listens. A value.
 *
 * @param name     as logs and {@code $upstream_addr} show it
 * @param inet     address and port, or null
 * @param unixPath the path of a socket in the file system, or null
 */
public record PeerAddress(String name, @Nullable InetSocketAddress inet, @Nullable String unixPath) {
    /** An address and port. */
    public static PeerAddress of(InetAddress address, int port) {
        InetSocketAddress inet = new InetSocketAddress(address, port);
        // explain: a name that nobody looked up stands for itself
        String host = AddressText.unresolved(address);
        return new PeerAddress(host == null ? AddressText.of(inet) : host + ":" + port, inet, null);
    }

    /** The same address with another port. */
    public PeerAddress withPort(int port) {
        return inet == null ? this : of(inet.getAddress(), port);
    }

    /** A socket in the file system. */
    public static PeerAddress unix(String path) {
        return new PeerAddress("unix:" + path, null, path);
    }
}
