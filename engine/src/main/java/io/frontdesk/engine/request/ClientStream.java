package io.frontdesk.engine.request;

import io.frontdesk.net.file.OpenFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the client for one exchange: an HTTP/1 connection, or a stream of HTTP/2 or HTTP/3. The last stage of the filters
 * writes to it. Loop of the exchange only.
 */
public interface ClientStream {
    /** What may wait to be sent on a connection before its producer must stop. */
    int ROOM_BYTES = 64 * 1024;

    /** Takes the head as it stands in the exchange's response; it may be kept back until body bytes come or {@link #flush} is called. */
    void writeHead(Exchange exchange);

    /**
     * Takes a part of the body.
     *
     * @param chunk a ByteBuf or FileRegion, owned by the callee from here; null for none
     * @param last  whether the message ends with it
     */
    void takeBody(Exchange exchange, @Nullable ReferenceCounted chunk, boolean last);

    /**
     * A part of a file that the system itself will send, for {@link #takeBody}; null when the bytes must be read: under TLS, with a rate
     * limit, in a framed protocol.
     */
    default @Nullable FileRegion region(Exchange exchange, OpenFile file, long position, long count) {
        return null;
    }

    /** Takes a part of the body that is lent for the call only. */
    default void readBody(Exchange exchange, ByteBuf in, int offset, int length, boolean last) {
        takeBody(exchange, in.retainedSlice(offset, length), last);
    }

    /**
     * Where the whole body can be written at once, behind the head that waits there: a buffer with room for {@code count} bytes, not the
     * caller's; null when they must be handed in. Once they are written, {@link #wroteBody} says so, or nothing of them is left there.
     */
    default @Nullable ByteBuf bodyRoom(Exchange exchange, int count) {
        return null;
    }

    /** The whole body, so many bytes, was written to what {@link #bodyRoom} gave. */
    default void wroteBody(Exchange exchange, int count) {
        throw new IllegalStateException("no room was given");
    }

    /** Sends what was written. */
    void flush();

    /** Whether the producer may go on; when not, {@link Exchange#onWritable} will be called. */
    boolean isWritable();

    /** How many bytes of a body the producer may hand in now, about; 0 when it may not go on. */
    default int room() {
        return isWritable() ? ROOM_BYTES : 0;
    }

    /** Bytes that were taken, and that the system has not taken yet. */
    long pendingBytes();

    /** Ends the message short, so that the client sees that it is incomplete. */
    void abort(Exchange exchange);

    /** The exchange is over without an answer: close the connection (444, 499 …). */
    void closeWithoutAnswer(Exchange exchange);

    /** Sends an interim response (100, 103), at once. */
    void writeInterim(int status, io.frontdesk.codec.http.@Nullable Fields fields);

    /**
     * A final answer goes out before the body was asked for: what came of it is thrown away at once.
     *
     * @return the status to answer with instead where it is malformed, otherwise 0
     */
    default int discardBody(Exchange exchange) {
        exchange.body().discard();
        return 0;
    }

    /** Says that the body's reader has room again, or has none. */
    void bodyDemandChanged(Exchange exchange);

    /** Hands the raw connection to a tunnel after a 101; the stream stops reading messages. */
    void startTunnel(Exchange exchange, TunnelEnd end);

    /** Bytes that were written for the exchange so far, heads and framing included ({@code $bytes_sent}). */
    long bytesSent();

    /** Writes bytes of a tunnel; owned by the callee. {@link #flush} sends them. */
    void writeTunnel(io.netty.buffer.ByteBuf data);

    /** Stops or restarts what the client sends through a tunnel. */
    void readTunnel(boolean reads);

    /** The tunnel is over: the connection closes once what was written is out. */
    void endTunnel();

    /** The far side of a tunnel. Loop of the exchange only. */
    interface TunnelEnd {
        /** Takes bytes that the client sent. */
        void takeFromClient(io.netty.buffer.ByteBuf data);

        /** No more bytes are at hand for now: flush what was written on. */
        void clientReadComplete();

        /** The client sent its FIN. */
        void clientEnded();

        /** The client can take more again. */
        void clientWritable();

        /** The client's connection is gone. */
        void clientClosed();
    }
}
