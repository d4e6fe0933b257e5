package io.frontdesk.codec.http2;

/** The numbers of frame types (RFC 9113 §6). */
public final class FrameType {
    /** Content. */
    public static final int DATA = 0;
    /** The beginning of a header block. */
    public static final int HEADERS = 1;
    /** Advice about order; ignored (RFC 9113 §5.3.2). */
    public static final int PRIORITY = 2;
    /** The end of a stream. */
    public static final int RST_STREAM = 3;
    /** What the sender wants, or that it heard. */
    public static final int SETTINGS = 4;
    /** A request that the server makes up. */
    public static final int PUSH_PROMISE = 5;
    /** A question whether the other side lives, or the answer. */
    public static final int PING = 6;
    /** No more streams. */
    public static final int GOAWAY = 7;
    /** More may be sent. */
    public static final int WINDOW_UPDATE = 8;
    /** More of a header block. */
    public static final int CONTINUATION = 9;

    /** The flag that ends a stream: DATA, HEADERS. */
    public static final int END_STREAM = 1;
    /** The flag of an answer: SETTINGS, PING. */
    public static final int ACK = 1;
    /** The flag that ends a header block: HEADERS, CONTINUATION. */
    public static final int END_HEADERS = 4;
    /** The flag of a frame that ends with padding: DATA, HEADERS. */
    public static final int PADDED = 8;
    /** The flag of advice about order within HEADERS. */
    public static final int PRIORITIZED = 32;

    /** The length of a frame's head. */
    public static final int HEAD_BYTES = 9;
    /** The largest payload unless SETTINGS say otherwise. */
    public static final int DEFAULT_MAX_FRAME = 16_384;
    /** The largest payload that SETTINGS may allow. */
    public static final int LARGEST_MAX_FRAME = (1 << 24) - 1;
    /** The window of a stream or a connection unless SETTINGS say otherwise. */
    public static final int DEFAULT_WINDOW = 65_535;
    /** The largest window. */
    public static final int LARGEST_WINDOW = Integer.MAX_VALUE;

    private FrameType() {}
}
