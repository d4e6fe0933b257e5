package io.frontdesk.engine.upstream;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One address of an upstream group with its parameters. Immutable but for its {@link PeerState}; shared by all loops. */
public final class Peer {
    private final PeerAddress address;
    private final byte[] nameBytes;
    private final ServerParameters parameters;
    private final int index;
    private final PeerState state;

    Peer(PeerAddress address, ServerParameters parameters, int index) {
        this.address = address;
        this.nameBytes = address.name().getBytes(StandardCharsets.ISO_8859_1);
        this.parameters = parameters;
        this.index = index;
        this.state = new PeerState(parameters.weight());
    }

    /** Its place in its group. */
    public int index() {
        return index;
    }

    /** Address and port as {@code $upstream_addr} shows them. */
    public String name() {
        return address.name();
    }

    /** The name as bytes; not to be changed. */
    byte[] nameBytes() {
        return nameBytes;
    }

    /** What its {@code server} line says. */
    public ServerParameters parameters() {
        return parameters;
    }

    /** What is counted about it. */
    public PeerState state() {
        return state;
    }

    /** The address to connect to, or null when it is a socket in the file system. */
    @Nullable
    InetSocketAddress socketAddress() {
        return address.inet();
    }

    /** The path of the socket in the file system, or null. */
    @Nullable
    String unixPath() {
        return address.unixPath();
    }

    /** Whether it may get a request at all now. */
    public boolean isAvailable(long nowMillis) {
        ServerParameters p = parameters;
        return !p.down() && !state.isSuspended(p.maxFails(), p.failTimeoutMillis(), nowMillis)
                && (p.maxConnections() == 0 || state.connections() < p.maxConnections());
    }

    @Override
    public String toString() {
        return name();
    }
}
