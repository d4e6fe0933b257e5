package io.frontdesk.codec.http2;

/** The numbers that RST_STREAM and GOAWAY carry (RFC 9113 §7). */
public final class ErrorCode {
    /** Nothing is wrong. */
    public static final int NO_ERROR = 0;
    /** The other side broke a rule. */
    public static final int PROTOCOL_ERROR = 1;
    /** We failed. */
    public static final int INTERNAL_ERROR = 2;
    /** More came than the window allows, or the window grew too large. */
    public static final int FLOW_CONTROL_ERROR = 3;
    /** SETTINGS were not acknowledged in time. */
    public static final int SETTINGS_TIMEOUT = 4;
    /** A frame for a stream that is over on that side. */
    public static final int STREAM_CLOSED = 5;
    /** A frame whose length cannot be. */
    public static final int FRAME_SIZE_ERROR = 6;
    /** Nothing was done for the stream: it may be tried again. */
    public static final int REFUSED_STREAM = 7;
    /** The stream is not needed any more. */
    public static final int CANCEL = 8;
    /** The header compression is out of step. */
    public static final int COMPRESSION_ERROR = 9;
    /** The tunnel of a CONNECT broke. */
    public static final int CONNECT_ERROR = 10;
    /** The other side asks for too much work. */
    public static final int ENHANCE_YOUR_CALM = 11;
    /** TLS is not good enough. */
    public static final int INADEQUATE_SECURITY = 12;
    /** The request is for HTTP/1.1. */
    public static final int HTTP_1_1_REQUIRED = 13;

    private ErrorCode() {}
}
