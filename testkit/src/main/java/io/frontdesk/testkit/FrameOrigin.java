package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A connection that an origin accepted, frame by frame: the test plays the server's part of HTTP/2. */
@ControlPlane("the thread of a test; waits for bytes")
public final class FrameOrigin implements AutoCloseable {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final OriginConnection connection;
    private final Http2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);

    private FrameOrigin(OriginConnection connection) {
        this.connection = connection;
    }

    /** Waits for the next connection and what begins it, and answers by SETTINGS. */
    public static FrameOrigin accept(Origin origin) {
        FrameOrigin made = new FrameOrigin(origin.accept());
        String preface = made.connection.raw().awaitBytes(PREFACE.length());
        if (!preface.equals(PREFACE)) {
            throw new AssertionError("no preface: " + preface);
        }
        made.await(Frame.SETTINGS);
        return made.send(Frame.SETTINGS, 0, 0, "").send(Frame.SETTINGS, Frame.END, 0, "");
    }

    /** Reads a frame. */
    public Frame read() {
        String head = connection.raw().awaitBytes(9);
        int length = head.charAt(0) << 16 | head.charAt(1) << 8 | head.charAt(2);
        int stream = head.charAt(5) << 24 | head.charAt(6) << 16 | head.charAt(7) << 8 | head.charAt(8);
        return new Frame(head.charAt(3), head.charAt(4), stream, connection.raw().awaitBytes(length));
    }

    /** Reads on to a frame of this type. */
    public Frame await(int type) {
        while (true) {
            Frame frame = read();
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    /** Reads on to the head of a request; its fields are given by {@link #fields}. */
    public Frame awaitRequest() {
        return await(Frame.HEADERS);
    }

    /** The fields of a HEADERS frame that holds all of them. */
    public Map<String, String> fields(Frame frame) {
        Map<String, String> fields = new TreeMap<>();
        try {
            Http2Headers read = headers.decodeHeaders(frame.stream(),
                    Unpooled.wrappedBuffer(frame.payload().getBytes(StandardCharsets.ISO_8859_1)));
            read.forEach(field -> fields.merge(field.getKey().toString(), field.getValue().toString(),
                    (a, b) -> a + "; " + b));
        } catch (Http2Exception e) {
            throw new AssertionError(e);
        }
        return fields;
    }

    /** Reads a request's body to its end. */
    public String awaitBody() {
        StringBuilder body = new StringBuilder();
        while (true) {
            Frame frame = await(Frame.DATA);
            body.append(frame.payload());
            if (frame.isEnd()) {
                return body.toString();
            }
        }
    }

    /** Sends a frame. */
    public FrameOrigin send(int type, int flags, int stream, String payload) {
        connection.send(wire(type, flags, stream, payload));
        return this;
    }

    /** A frame as it is on the wire. */
    public static String wire(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return "" + (char) (length >> 16) + (char) (length >> 8 & 255) + (char) (length & 255) + (char) type
                + (char) flags + Frame.number(stream) + payload;
    }

    /** Sends bytes as they are, or as many of them as the proxy takes: it may go away over what they say. */
    public FrameOrigin sendRaw(String bytes) {
        connection.sendTooMuch(bytes);
        return this;
    }

    /** Sends a head, or trailers, of these lines, {@code name: value}. */
    public FrameOrigin head(int stream, boolean ends, String... lines) {
        return send(Frame.HEADERS, Frame.END_HEADERS | (ends ? Frame.END : 0), stream, Frame.block(lines));
    }

    /** Sends content. */
    public FrameOrigin data(int stream, boolean ends, String content) {
        return send(Frame.DATA, ends ? Frame.END : 0, stream, content);
    }

    /** Waits until the proxy ends the connection. */
    public String awaitEnd() {
        return connection.awaitEnd();
    }

    @Override
    public void close() {
        connection.close();
    }
}
