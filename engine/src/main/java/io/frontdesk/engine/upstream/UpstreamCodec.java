package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.Result;
import io.frontdesk.engine.fault.Fault;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The half of an exchange with an upstream that depends on the protocol: writes the request, reads the response. Knows no socket and no
 * clock. Owned by an {@link UpstreamExchange} and reused; loop only.
 */
public interface UpstreamCodec extends UpstreamHead {
    /** A new exchange: looks at the request, and decides what is asked of the upstream. The status when it can't be, or 0. */
    int prepare(UpstreamExchange exchange);

    /** Appends the URL for log lines, behind the peer's name: {@code /path}. */
    void appendUri(Bytes out);

    /** What stands before the peer's name in log lines: {@code http://}. */
    String scheme();

    /**
     * Writes the request's head before there is a connection to send it on, for want of certainty that variables keep their values until
     * then; false when a part of it can't be sent.
     */
    default boolean compose() {
        return true;
    }

    /** Appends the request's head for an attempt; false when a part of it can't be sent. */
    boolean writeHead(Bytes out);

    /** Appends what stands before a part of a body that is passed on as it comes; 0 bytes and the end: the last frame. */
    void beginPart(Bytes out, int length);

    /** Appends what stands behind a part, and when it is the last, what ends the body. */
    void endPart(Bytes out, int length, boolean last);

    /** Whether the connection itself is the answer, so that {@link #readHead} has a head before anything came. */
    default boolean answersUnasked() {
        return false;
    }

    /** Reads on to the end of a head. The caller owns the buffer. */
    Result readHead(ByteBuf in);

    /** Why {@link #readHead} or {@link #readBody} refused, without what was being done. */
    Fault refusal();

    /** Whether the upstream agrees to go over to another protocol, which was asked for. */
    boolean isUpgrade();

    /** Reads on in the body. */
    ContentEvent readBody(ByteBuf in);

    /** Where in the buffer the part lies that {@link #readBody} told of. */
    int dataOffset();

    /** How long it is. */
    int dataLength();

    /** Whether the body has ended exactly. */
    boolean isBodyEnded();

    /** Whether the body is whole when the connection ends now. */
    boolean isBodyEndedByClose();

    /** The trailer fields, or null when there are none. */
    @Override
    @Nullable
    Fields trailers();

    /** Reads what stands behind the end of the response; whether there may be such a thing. */
    default boolean readRest(ByteBuf in) {
        return false;
    }

    /** Whether the upstream lets the connection be used again. */
    boolean keepsAlive();

    /** The head will be asked for only at the end of a tunnel, which may be far away: lets go of memory that it does not need. */
    default void trim() {}

    /** Nobody asks for the head any more. */
    void clear();
}
