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
 * @param transparent
 *            whether the address to connect from may be another machine's (IP_TRANSPARENT)
 */
public record ConnectOptions(long timeoutMillis, @Nullable InetSocketAddress local, boolean keepAlive,
        boolean transparent) {

    /** nginx's defaults. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(60_000, null, false, false);

    public ConnectOptions withTimeoutMillis(long value) {
        return new ConnectOptions(value, local, keepAlive, transparent);
    }

    public ConnectOptions withLocal(@Nullable InetSocketAddress value) {
        return new ConnectOptions(timeoutMillis, value, keepAlive, transparent);
    }

    public ConnectOptions withTransparent(boolean value) {
        return new ConnectOptions(timeoutMillis, local, keepAlive, value);
    }

    public ConnectOptions withKeepAlive(boolean value) {
        return new ConnectOptions(timeoutMillis, local, value, transparent);
    }
}
