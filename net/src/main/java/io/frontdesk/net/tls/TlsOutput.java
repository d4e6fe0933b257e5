package io.frontdesk.net.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

/** The end of what one side sends on a connection with TLS. Stateless; loop of the connection. */
public final class TlsOutput {
    private TlsOutput() {}

    /** Sends close_notify, behind what was written before, and runs {@code then} when it is out. */
    public static void end(Channel channel, Runnable then) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            then.run();
        } else {
            handler.closeOutbound().addListener(done -> {
                if (done.isSuccess()) {
                    then.run();
                }
            });
        }
    }
}
