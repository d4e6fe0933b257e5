package io.frontdesk.codec.http1;

import io.frontdesk.codec.http.Fields;
import io.netty.buffer.ByteBuf;

/**
 * Reads the content of a message to its exact end, whichever way that is found. Content is not copied: each run of it
 * is
 * told as a place in the buffer that was read. One a connection, on its loop.
 */
public final class ContentReader {
    private final ChunkReader chunks;
    private Framing framing = Framing.NONE;
    private long remaining;
    private long received;
    private int dataOffset;
    private int dataLength;

    /** A reader for one side that takes so many bytes and fields of trailers. */
    public ContentReader(Side side, int maxTrailerBytes, int maxTrailers) {
        this.chunks = new ChunkReader(side, maxTrailerBytes, maxTrailers);
    }

    /**
     * Gets ready for the content of a message.
     *
     * @param contentLength
     *            what its head says; matters for {@link Framing#LENGTH}
     * @param maxContent
     *            what chunked content may have at most, 0 for no limit
     */
    public void start(Framing newFraming, long contentLength, long maxContent) {
        framing = newFraming;
        received = 0;
        dataLength = 0;
        remaining = newFraming == Framing.LENGTH
                ? contentLength
                : newFraming == Framing.UNTIL_CLOSE ? Long.MAX_VALUE : 0;
        if (newFraming == Framing.CHUNKED) {
            chunks.start(maxContent);
        }
    }

    /** Reads on to the next event. With {@link ContentEvent#DATA} the buffer's reader index is behind the run. */
    public ContentEvent read(ByteBuf in) {
        if (framing == Framing.CHUNKED) {
            ContentEvent event = chunks.read(in);
            dataOffset = chunks.dataOffset();
            dataLength = event == ContentEvent.DATA ? chunks.dataLength() : 0;
            received = chunks.received();
            return event;
        }
        dataLength = 0;
        if (remaining == 0) {
            return ContentEvent.END;
        }
        if (!in.isReadable()) {
            return ContentEvent.NEED_MORE;
        }
        dataOffset = in.readerIndex();
        dataLength = (int) Math.min(remaining, in.readableBytes());
        in.skipBytes(dataLength);
        received += dataLength;
        if (framing == Framing.LENGTH) {
            remaining -= dataLength;
        }
        return ContentEvent.DATA;
    }

    /** How the content ends. */
    public Framing framing() {
        return framing;
    }

    /**
     * Whether the content has ended exactly. Asked after the connection was closed, that decides if the message is
     * whole.
     */
    public boolean isEnded() {
        return framing == Framing.CHUNKED ? chunks.isEnded() : remaining == 0;
    }

    /** Whether the message is whole if the connection is closed now (RFC 9112 §8). */
    public boolean isEndedByClose() {
        return framing == Framing.UNTIL_CLOSE || isEnded();
    }

    /** How many bytes are still to come, -1 when that is not known. */
    public long remaining() {
        return framing == Framing.LENGTH || framing == Framing.NONE ? remaining : -1;
    }

    /** How many bytes of content have come. */
    public long received() {
        return received;
    }

    /** Where the run of content that was last told begins, as an index of the buffer. */
    public int dataOffset() {
        return dataOffset;
    }

    /** How long it is. */
    public int dataLength() {
        return dataLength;
    }

    /** That run as a slice which the caller must release. */
    public ByteBuf giveData(ByteBuf in) {
        return in.retainedSlice(dataOffset, dataLength);
    }

    /** The trailer fields of chunked content; complete when it has ended. */
    public Fields trailers() {
        return chunks.trailers();
    }

    /** Another limit for chunked content that is still to come, 0 for none. */
    public void maxContent(long maxContent) {
        chunks.maxContent(maxContent);
    }

    /** Why the last call gave {@link ContentEvent#REFUSED}. */
    public Refusal refusal() {
        return chunks.refusal();
    }
}
