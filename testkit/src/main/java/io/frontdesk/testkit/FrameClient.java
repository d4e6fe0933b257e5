package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A client of HTTP/2 that sends what it is told to, frame by frame, however wrong. */
@ControlPlane("the thread of a test; waits for bytes")
public final class FrameClient implements AutoCloseable {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final RawClient raw;
    private final Http2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);

    private FrameClient(RawClient raw) {
        this.raw = raw;
    }

    /** Connects, and begins with the preface and these settings. */
    public static FrameClient connect(int port, String... settings) {
        return over(RawClient.connect(port), settings);
    }

    /** Begins on a connection that is there. */
    public static FrameClient over(RawClient raw, String... settings) {
        FrameClient client = new FrameClient(raw);
        raw.send(PREFACE);
        return client.send(Frame.SETTINGS, 0, 0, String.join("", settings));
    }

    /** The socket. */
    public RawClient raw() {
        return raw;
    }

    /** The bytes of a frame. */
    public static String bytes(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return "" + (char) (length >> 16) + (char) (length >> 8 & 0xff) + (char) (length & 0xff) + (char) type
                + (char) flags + Frame.number(stream) + payload;
    }

    /** Sends a frame. */
    public FrameClient send(int type, int flags, int stream, String payload) {
        raw.send(bytes(type, flags, stream, payload));
        return this;
    }

    /** Sends a request without content. */
    public FrameClient get(int stream, String path) {
        return request(stream, Frame.block(":method: GET", ":scheme: http", ":path: " + path, ":authority: localhost"));
    }

    /** Sends a request without content, of a header block. */
    public FrameClient request(int stream, String block) {
        return send(Frame.HEADERS, Frame.END | Frame.END_HEADERS, stream, block);
    }

    /** Reads a frame. */
    public Frame read() {
        String head = raw.awaitBytes(9);
        int length = head.charAt(0) << 16 | head.charAt(1) << 8 | head.charAt(2);
        int stream = head.charAt(5) << 24 | head.charAt(6) << 16 | head.charAt(7) << 8 | head.charAt(8);
        return new Frame(head.charAt(3), head.charAt(4), stream, raw.awaitBytes(length));
    }

    /** Reads on to a frame of this type. */
    public Frame await(int type) {
        while (true) {
            Frame frame = read();
            if (frame.type() == Frame.HEADERS && type != Frame.HEADERS) {
                fields(frame);
            }
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    /** Reads on to a GOAWAY that is an error, and gives its number. */
    public int awaitError() {
        return code(await(Frame.GOAWAY), 4);
    }

    /** Reads on to a RST_STREAM, and gives its number. */
    public int awaitReset() {
        return code(await(Frame.RST_STREAM), 0);
    }

    private static int code(Frame frame, int at) {
        return frame.payload().charAt(at + 3) | frame.payload().charAt(at + 2) << 8;
    }

    /** Reads on to the head of an answer. */
    public Map<String, String> awaitHead() {
        return fields(await(Frame.HEADERS));
    }

    /** Reads content up to the end of the stream. */
    public String awaitContent() {
        StringBuilder content = new StringBuilder();
        Frame frame;
        do {
            frame = await(Frame.DATA);
            content.append(frame.payload());
        } while (!frame.isEnd());
        return content.toString();
    }

    /** The fields of a HEADERS frame that holds all of them. */
    public Map<String, String> fields(Frame frame) {
        Map<String, String> fields = new TreeMap<>();
        try {
            headers.decodeHeaders(frame.stream(),
                    Unpooled.wrappedBuffer(frame.payload().getBytes(StandardCharsets.ISO_8859_1)))
                    .forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
        } catch (Http2Exception e) {
            throw new AssertionError(e);
        }
        return fields;
    }

    @Override
    public void close() {
        raw.close();
    }
}
