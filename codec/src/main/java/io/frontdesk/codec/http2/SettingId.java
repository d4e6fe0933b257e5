package io.frontdesk.codec.http2;

/** The numbers of settings (RFC 9113 §6.5.2). */
public final class SettingId {
    /** How large the table of fields may be that the other side's encoder uses. */
    public static final int HEADER_TABLE_SIZE = 1;
    /** Whether the server may push: 0 or 1. */
    public static final int ENABLE_PUSH = 2;
    /** How many streams the other side may have open. */
    public static final int MAX_CONCURRENT_STREAMS = 3;
    /** The window of each new stream. */
    public static final int INITIAL_WINDOW_SIZE = 4;
    /** The largest payload of a frame. */
    public static final int MAX_FRAME_SIZE = 5;
    /** Advice: how large a list of fields may be. */
    public static final int MAX_HEADER_LIST_SIZE = 6;

    private SettingId() {}
}
