package io.frontdesk.app.explain;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One end of a connection without a socket: keeps what is written to it. One thread, that of the loop. */
final class OfflineChannel extends EmbeddedChannel {
    private final @Nullable SocketAddress local;
    private final @Nullable SocketAddress remote;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Runnable whenWritten = () -> {};

    OfflineChannel(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
        this.local = local;
        this.remote = remote;
    }

    /** Says what to do after each write. */
    void whenWritten(Runnable action) {
        whenWritten = action;
    }

    /** What was written, as a byte string. */
    String written() {
        return written.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    protected void handleOutboundMessage(Object message) {
        if (message instanceof ByteBuf buffer) {
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.getBytes(buffer.readerIndex(), bytes);
            written.write(bytes, 0, bytes.length);
        }
        ReferenceCountUtil.release(message);
        whenWritten.run();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return isActive() ? local : null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return isActive() ? remote : null;
    }
}
