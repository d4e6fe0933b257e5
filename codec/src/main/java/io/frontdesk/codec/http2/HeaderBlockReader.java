package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the header blocks of one direction of a connection (RFC 7541), by Netty's decoder, which keeps the table of 4096 bytes. What a
 * field may be, and how many there may be, is for the listener: a block is always decoded to its end, as the table must stay in step. One
 * a connection, on its loop.
 */
public final class HeaderBlockReader {
    private static final int INITIAL_HUFFMAN = 64;

    /** Netty puts fields into such an object; this one keeps none. */
    private static final class Sink extends DefaultHttp2Headers {
        private @Nullable HeaderListener listener;
        private @Nullable RuntimeException thrown;

        Sink() {
            super(false, 2);
        }

        @Override
        public Http2Headers add(CharSequence name, CharSequence value) {
            HeaderListener to = listener;
            if (to != null && thrown == null) {
                AsciiString n = AsciiString.of(name);
                AsciiString v = AsciiString.of(value);
                try {
                    to.field(n.array(), n.arrayOffset(), n.length(), v.array(), v.arrayOffset(), v.length());
                } catch (RuntimeException e) {
                    // the decoder would take it for an error of the other side
                    thrown = e;
                }
            }
            return this;
        }
    }

    private static final class Decoder extends DefaultHttp2HeadersDecoder {
        private final Sink sink = new Sink();

        Decoder() {
            super(false, 0xffffffffL, INITIAL_HUFFMAN);
        }

        @Override
        protected Http2Headers newHeaders() {
            return sink;
        }
    }

    private final Decoder decoder = new Decoder();

    /** Decodes a block; gives why the connection cannot go on, or null. */
    public @Nullable ConnectionError read(Bytes block, HeaderListener to) {
        decoder.sink.listener = to;
        decoder.sink.thrown = null;
        try {
            decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block.array(), 0, block.length()));
            RuntimeException thrown = decoder.sink.thrown;
            if (thrown != null) {
                throw thrown;
            }
            return null;
        } catch (Http2Exception e) {
            int code = e.error() == Http2Error.COMPRESSION_ERROR
                    ? ErrorCode.COMPRESSION_ERROR
                    : (int) e.error().code();
            return new ConnectionError(code, "sent invalid header block: " + e.getMessage());
        } finally {
            decoder.sink.listener = null;
        }
    }
}
