package io.frontdesk.engine.upstream;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One address of an upstream group with its parameters. Immutable but for its {@link PeerState}; shared by all loops. A group that
 * changes gets other peers with the same states: the state is the peer's identity.
 */
public final class Peer {
    private final PeerAddress address;
    private final byte[] nameBytes;
    private final String server;
    private final ServerParameters parameters;
    private final @Nullable NamedServer origin;
    private final int index;
    private final PeerState state;
    private volatile byte @Nullable [] id;

    Peer(PeerAddress address, String server, ServerParameters parameters, @Nullable NamedServer origin, int index,
            PeerState state) {
        this.address = address;
        this.nameBytes = address.name().getBytes(StandardCharsets.ISO_8859_1);
        this.server = server;
        this.parameters = parameters;
        this.origin = origin;
        this.index = index;
        this.state = state;
    }

    /** The same peer at another place of a group. */
    Peer at(int place) {
        return place == index ? this : new Peer(address, server, parameters, origin, place, state);
    }

    /** The same peer with the state that it had before a reload. */
    Peer with(PeerState known) {
        return new Peer(address, server, parameters, origin, index, known);
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

    /** Explain: whether it stands for addresses that nobody looked up. */
    public boolean isUnresolved() {
        InetSocketAddress inet = address.inet();
        return inet != null && inet.isUnresolved();
    }

    /** Where it listens. */
    PeerAddress address() {
        return address;
    }

    /** The {@code server} line's words for it, or the name that a service's record gives it: {@code host:port}. */
    public String server() {
        return server;
    }

    /** The name of the server without its port, as TLS wants to see it. */
    public String serverName() {
        int colon = server.lastIndexOf(':');
        if (server.startsWith("unix:")) {
            return "";
        }
        if (server.startsWith("[")) {
            return server.substring(0, server.indexOf(']') + 1);
        }
        return colon < 0 ? server : server.substring(0, colon);
    }

    /** What its {@code server} line says. */
    public ServerParameters parameters() {
        return parameters;
    }

    /** The name that it was found by while requests run, or null. */
    @Nullable
    NamedServer origin() {
        return origin;
    }

    /** What is counted about it. */
    public PeerState state() {
        return state;
    }

    /** What binds clients to it: its route, or a digest of its address. Not to be changed. */
    public byte[] id() {
        byte[] known = id;
        if (known == null) {
            known = makeId();
            id = known;
        }
        return known;
    }

    private byte[] makeId() {
        if (!parameters.route().isEmpty()) {
            return parameters.route().getBytes(StandardCharsets.ISO_8859_1);
        }
        try {
            // nginx: ngx_http_upstream_init_round_robin_sid; a name to be told apart by, not a secret
            byte[] digest = MessageDigest.getInstance("MD5").digest(nameBytes);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
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

    /** Whether anybody may be sent there now. */
    public boolean isAvailable(long nowMillis) {
        return !parameters.isOff() && isUsable(nowMillis);
    }

    /** Whether a client that is bound to it may be sent there now: it may be draining. */
    boolean isAvailableToBound(long nowMillis) {
        return !parameters.down() && isUsable(nowMillis);
    }

    private boolean isUsable(long nowMillis) {
        ServerParameters p = parameters;
        return !state.isSuspended(p.maxFails(), p.failTimeoutMillis(), nowMillis) && state.isHealthy()
                && (p.maxConnections() == 0 || state.connections() < p.maxConnections());
    }

    /** Its weight, in parts of {@link PeerState#WHOLE}: less than the configured one while it starts slowly. */
    public long weight(long nowMillis) {
        return (long) parameters.weight() * state.share(parameters.slowStartMillis(), nowMillis);
    }

    /** What one would say of it: {@code up}, {@code down}, {@code draining}, {@code checking}, {@code unhealthy} or {@code unavail}. */
    public String condition(long nowMillis) {
        ServerParameters p = parameters;
        if (p.down()) {
            return "down";
        }
        if (p.drain()) {
            return "draining";
        }
        return switch (state.health()) {
            case UNHEALTHY -> "unhealthy";
            case CHECKING -> "checking";
            case UNCHECKED, HEALTHY ->
                state.isSuspended(p.maxFails(), p.failTimeoutMillis(), nowMillis) ? "unavail" : "up";
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
