package io.frontdesk.net.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the library's handler and turns its events into calls, so that who comes next sees bytes and ends as on any connection.
 * Owned by its connection; loop only.
 */
final class TlsWatch extends ChannelInboundHandlerAdapter {
    private final TlsPeer peer;
    private final SslHandler handler;
    private boolean established;
    private boolean failed;

    TlsWatch(TlsPeer peer, SslHandler handler) {
        this.peer = peer;
        this.handler = handler;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                fail(handshake.cause());
            } else if (!established) {
                established = true;
                peer.tlsEstablished(TlsSession.of(handler));
            }
        } else if (event instanceof SslCloseCompletionEvent close) {
            if (close.isSuccess() && established) {
                peer.tlsEnded();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (reason instanceof SSLException) {
            fail(reason);
            return;
        }
        context.fireExceptionCaught(cause);
    }

    private void fail(@Nullable Throwable cause) {
        if (failed) {
            return;
        }
        failed = true;
        peer.tlsFailed(message(cause));
    }

    private String message(@Nullable Throwable cause) {
        if (established) {
            return "SSL_read() failed (SSL: " + text(cause) + ")";
        }
        if (cause instanceof ClosedChannelException || cause == null) {
            return "peer closed connection in SSL handshake";
        }
        if (cause instanceof IOException && !(cause instanceof SSLException)) {
            return "peer closed connection in SSL handshake (104: Connection reset by peer)";
        }
        return "SSL_do_handshake() failed (SSL: " + text(cause) + ")";
    }

    private static String text(@Nullable Throwable cause) {
        String said = cause == null ? null : cause.getMessage();
        return said == null || said.isEmpty() ? String.valueOf(cause) : said;
    }
}
