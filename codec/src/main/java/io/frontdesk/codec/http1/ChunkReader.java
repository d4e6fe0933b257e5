package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.Fields;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the chunked transfer coding (RFC 9112 §7.1), any way the bytes are cut. Content is not copied: each run of it
 * is
 * told as a place in the buffer that was read. Strict: CR LF everywhere, sizes of at most 16 digits, extensions skipped
 * within a budget, trailers kept apart from the header fields. One a connection, on its loop.
 */
public final class ChunkReader {
    /** How much more extension than content may have come. */
    static final int MAX_OVERHEAD = 16384;
    private static final int MAX_SIZE_DIGITS = 16;
    private static final int STEP = 512;

    private enum State {
        FIRST_DIGIT, SIZE, BEFORE_EXTENSION, EXTENSION, SIZE_LF, DATA, DATA_CR, DATA_LF, TRAILERS, ENDED
    }

    /** The trailer fields of one message, and the state of reading them. */
    private static final class TrailerSection {
        final Bytes bytes = new Bytes();
        final Fields fields = new Fields(bytes);
        final FieldScanner scanner = new FieldScanner(FieldScanner.Kind.TRAILERS);
    }

    private final Side side;
    private final int maxTrailerBytes;
    private final int maxTrailers;
    /** Made when first met: most connections never see one. */
    private @Nullable TrailerSection trailers;

    private State state = State.ENDED;
    private long maxContent;
    private long received;
    private long remaining;
    private int digits;
    private long overhead;
    private int dataOffset;
    private int dataLength;
    private @Nullable Refusal refusal;

    /** A reader for one side that takes so many bytes and fields of trailers. */
    public ChunkReader(Side side, int maxTrailerBytes, int maxTrailers) {
        this.side = side;
        this.maxTrailerBytes = maxTrailerBytes;
        this.maxTrailers = maxTrailers;
    }

    /**
     * Gets ready for the content of a message.
     *
     * @param newMaxContent
     *            what a request may send at most ({@code client_max_body_size}), 0 for no limit
     */
    public void start(long newMaxContent) {
        state = State.FIRST_DIGIT;
        maxContent = newMaxContent;
        received = 0;
        remaining = 0;
        digits = 0;
        overhead = 0;
        if (trailers != null) {
            trailers.fields.clear();
            trailers.bytes.clear(4096);
        }
        refusal = null;
    }

    /** Other limit than that of {@link #start}, for what is still to come. */
    public void maxContent(long newMaxContent) {
        maxContent = newMaxContent;
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

    /** How many bytes of content have come. */
    public long received() {
        return received;
    }

    /** Whether the content has ended exactly. */
    public boolean isEnded() {
        return state == State.ENDED;
    }

    /**
     * The trailer fields; complete when the content has ended. Never to be merged into the header unseen (RFC 9110
     * §6.5.1).
     */
    public Fields trailers() {
        return section().fields;
    }

    private TrailerSection section() {
        TrailerSection known = trailers;
        if (known == null) {
            known = new TrailerSection();
            trailers = known;
        }
        return known;
    }

    /** Why the last call gave {@link ContentEvent#REFUSED}. */
    public Refusal refusal() {
        Refusal why = refusal;
        if (why == null) {
            throw new IllegalStateException("nothing was refused");
        }
        return why;
    }

    /** Reads on to the next event. With {@link ContentEvent#DATA} the buffer's reader index is behind the run. */
    public ContentEvent read(ByteBuf in) {
        if (refusal != null) {
            return ContentEvent.REFUSED;
        }
        while (state != State.ENDED) {
            if (!in.isReadable()) {
                return ContentEvent.NEED_MORE;
            }
            if (state == State.DATA) {
                return data(in);
            }
            if (state == State.TRAILERS) {
                return readTrailers(in);
            }
            if (!frame(in.readByte())) {
                return ContentEvent.REFUSED;
            }
        }
        return ContentEvent.END;
    }

    private ContentEvent data(ByteBuf in) {
        dataOffset = in.readerIndex();
        dataLength = (int) Math.min(remaining, in.readableBytes());
        in.skipBytes(dataLength);
        received += dataLength;
        remaining -= dataLength;
        if (remaining == 0) {
            state = State.DATA_CR;
        }
        return ContentEvent.DATA;
    }

    /** Takes one octet of framing; false when it is refused. */
    private boolean frame(byte octet) {
        switch (state) {
            case FIRST_DIGIT, SIZE -> {
                return size(octet);
            }
            case BEFORE_EXTENSION -> {
                // RFC 9112 §7.1.1: white space is tolerated before an extension, not instead of one
                if (octet == ';') {
                    state = State.EXTENSION;
                } else if (octet != ' ' && octet != '\t') {
                    return refuse();
                }
                return overhead();
            }
            case EXTENSION -> {
                if (octet == '\r') {
                    state = State.SIZE_LF;
                } else if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f) {
                    return refuse();
                }
                return overhead();
            }
            case SIZE_LF -> {
                return octet == '\n' ? finishSize() : refuse();
            }
            case DATA_CR -> {
                state = State.DATA_LF;
                return octet == '\r' || refuse();
            }
            case DATA_LF -> {
                state = State.FIRST_DIGIT;
                digits = 0;
                return octet == '\n' || refuse();
            }
            default -> throw new IllegalStateException(state.name());
        }
    }

    private boolean size(byte octet) {
        int digit = Octets.hexValue(octet);
        if (digit >= 0) {
            if (++digits > MAX_SIZE_DIGITS || remaining > Long.MAX_VALUE >> 4) {
                return refuse();
            }
            remaining = (remaining << 4) | digit;
            state = State.SIZE;
            return true;
        }
        if (digits == 0) {
            return refuse();
        }
        switch (octet) {
            case '\r' -> state = State.SIZE_LF;
            case ';' -> state = State.EXTENSION;
            case ' ', '\t' -> state = State.BEFORE_EXTENSION;
            default -> {
                return refuse();
            }
        }
        return true;
    }

    /** The size line is over. */
    private boolean finishSize() {
        if (remaining == 0) {
            section().scanner.start(0, maxTrailers, false, true);
            state = State.TRAILERS;
            return true;
        }
        if (remaining > Long.MAX_VALUE - received) {
            return refuse();
        }
        if (maxContent > 0 && remaining > maxContent - received) {
            refusal = new Refusal(413,
                    side.name + " intended to send too large chunked body: " + received + '+' + remaining + " bytes");
            return false;
        }
        // what a chunk carries pays for its extension (RFC 9112 §7.1.1: limit the total)
        overhead = Math.max(0, overhead - 16 - 2 * Math.min(remaining, MAX_OVERHEAD));
        state = State.DATA;
        return true;
    }

    private boolean overhead() {
        return ++overhead <= MAX_OVERHEAD || refuse();
    }

    private ContentEvent readTrailers(ByteBuf in) {
        TrailerSection known = section();
        Bytes trailerBytes = known.bytes;
        FieldScanner section = known.scanner;
        for (;;) {
            int room = maxTrailerBytes - trailerBytes.length();
            int count = Math.min(in.readableBytes(), Math.min(STEP, room));
            if (count == 0) {
                return room == 0 ? refuseTrailers(" sent too big trailers") : ContentEvent.NEED_MORE;
            }
            trailerBytes.take(in, count);
            int code = section.scan(trailerBytes.array(), trailerBytes.length(), known.fields);
            if (code == FieldScanner.MORE) {
                continue;
            }
            in.readerIndex(in.readerIndex() - Math.min(count, trailerBytes.length() - section.pos));
            trailerBytes.truncate(section.pos);
            if (code == FieldScanner.DONE) {
                state = State.ENDED;
                return ContentEvent.END;
            }
            if (code == FieldScanner.TOO_MANY) {
                return refuseTrailers(" sent too many trailers");
            }
            return refuseTrailers(" sent invalid trailer: \""
                    + RequestReader.quote(trailerBytes, section.lineStart, section.pos) + "...\"");
        }
    }

    private ContentEvent refuseTrailers(String what) {
        refusal = side.refusal(what);
        return ContentEvent.REFUSED;
    }

    private boolean refuse() {
        refusal = side.refusal(side == Side.CLIENT ? " sent invalid chunked body" : " sent invalid chunked response");
        return false;
    }
}
