package io.frontdesk.engine.request;

import io.frontdesk.codec.proxyprotocol.ProxyHeader;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.tls.ClientTls;
import org.jspecify.annotations.Nullable;

/**
 * What a request knows of the connection that it came on. Belongs to one loop for life; all methods are for that loop. An
 * {@code explain} run has one without a socket.
 */
public interface ClientConnection {
    /** The number that the error log and {@code $connection} show; unique in the process. */
    long number();

    /** Requests on this connection so far, this one included. */
    int requestCount();

    /** When it was accepted, on the monotonic clock of the loop. */
    long startMillis();

    /** The client's address as text ({@code unix:} for a socket in the file system). */
    String remoteAddress();

    /** The client's port, 0 for none. */
    int remotePort();

    /** The client's address in network order: 4 or 16 bytes, none for unix. */
    byte[] remoteAddressBytes();

    /** Replaces the client's address until the request is over (realip). */
    void replaceRemote(String address, byte[] bytes, int port);

    /** Whether it was replaced for this request. */
    default boolean isRemoteReplaced() {
        return false;
    }

    /** The address that connected, whatever stands in its place now. */
    default String peerAddress() {
        return remoteAddress();
    }

    /** The port that connected, 0 for none. */
    default int peerPort() {
        return remotePort();
    }

    /** The address that the client connected to, as text. */
    String localAddress();

    /** The port that the client connected to, 0 for none. */
    int localPort();

    /** The listening address' plan on the snapshot that the current request runs on. */
    ListenPlan listen();

    /** What a PROXY header told; null when there was none, or it told nothing. */
    default @Nullable ProxyHeader proxyHeader() {
        return null;
    }

    /** What is known of TLS, or null on a plain connection. */
    @Nullable
    ClientTls tls();

    /** What lines of the error log say instead of the client and its request, or null. */
    default @Nullable String contextForLog() {
        return null;
    }

    /** Whether the request on it came with more behind it ({@code $pipe}). */
    boolean isPipelined();
}
