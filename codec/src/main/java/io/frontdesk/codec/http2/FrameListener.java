package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Whoever acts on frames, in the order in which they came. Lengths and the places of frames are right when a method is called; whether a
 * stream is open is the listener's business. A method that gives an error is the last one called. Loop of the connection.
 */
public interface FrameListener {
    /**
     * A DATA frame began.
     *
     * @param length what counts for flow control: padding included
     * @param last   whether the stream ends with the frame
     */
    @Nullable
    ConnectionError dataBegins(int stream, int length, boolean last);

    /**
     * A part of the content of the frame that {@link #dataBegins} told of: none for an empty frame.
     *
     * @param in borrowed: {@code length} bytes from its reader index on are meant, and the index stays as it is
     */
    @Nullable
    ConnectionError data(int stream, ByteBuf in, int length);

    /** The DATA frame is over. */
    @Nullable
    ConnectionError dataEnds(int stream, boolean last);

    /** A HEADERS frame began: its stream may be refused before the block came, but the block must be read all the same. */
    @Nullable
    ConnectionError headersBegin(int stream, boolean last);

    /**
     * The header block of a HEADERS frame is whole.
     *
     * @param block borrowed
     */
    @Nullable
    ConnectionError headers(int stream, Bytes block, boolean last);

    /** A PRIORITY frame, or the advice within HEADERS. */
    @Nullable
    ConnectionError priority(int stream, int dependency, boolean exclusive, int weight, boolean withinHeaders);

    /** A RST_STREAM frame. */
    @Nullable
    ConnectionError reset(int stream, int code);

    /** One setting. */
    @Nullable
    ConnectionError setting(int id, long value);

    /** A SETTINGS frame is over: it must be acknowledged. */
    @Nullable
    ConnectionError settingsEnd();

    /** Our settings were heard. */
    @Nullable
    ConnectionError settingsAcknowledged();

    /** A PING frame. */
    @Nullable
    ConnectionError ping(long opaque, boolean acknowledges);

    /** A GOAWAY frame. */
    @Nullable
    ConnectionError goAway(int lastStream, int code);

    /** A WINDOW_UPDATE frame; stream 0 is the connection. The increment may be 0, which is an error. */
    @Nullable
    ConnectionError windowUpdate(int stream, int increment);

    /** A frame of a type that is not known, and that is left out. */
    @Nullable
    ConnectionError unknown(int type);

    /** More of a header block is awaited: for whoever limits the time. */
    default void headersIncomplete() {}
}
