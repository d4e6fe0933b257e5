package io.frontdesk.net.connect;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * How an outbound connection is made. Immutable.
 *
 * @param timeoutMillis
 *            how long connecting may take
 * @param local
 *            the address to connect from (proxy_bind), null to leave it to the kernel
 * @param keepAlive
 *            whether TCP keep-alive is on (proxy_socket_keepalive)
 */
public record ConnectOptions(long timeoutMillis, @Nullable InetSocketAddress local, boolean keepAlive) {

    /** nginx's defaults. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(60_000, null, false);

    public ConnectOptions withTimeoutMillis(long value) {
        return new ConnectOptions(value, local, keepAlive);
    }

    public ConnectOptions withLocal(@Nullable InetSocketAddress value) {
        return new ConnectOptions(timeoutMillis, value, keepAlive);
    }

    public ConnectOptions withKeepAlive(boolean value) {
        return new ConnectOptions(timeoutMillis, local, value);
    }
}
