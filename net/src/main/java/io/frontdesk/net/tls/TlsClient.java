package io.frontdesk.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** Puts TLS on connections that we make. Stateless. */
public final class TlsClient {
    private TlsClient() {}

    /**
     * Puts TLS before what the pipeline holds: the handshake begins when the connection is there, and whatever comes is read as TLS from the
     * first byte on. On the connection's loop.
     *
     * @param serverName the name that the server is told, null for none
     */
    public static void begin(Channel channel, ByteBufAllocator allocator, TlsContext context, String peerName, int port,
            @Nullable String serverName, TlsPeer peer) {
        SslHandler handler = context.newClient(allocator, peerName, port, serverName);
        channel.pipeline().addFirst(handler, new TlsWatch(peer, handler));
    }
}
