package io.frontdesk.engine.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http1.HeadWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands around the parts of a chunked body (RFC 9112 §7.1). */
final class ChunkFraming {
    static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);

    private ChunkFraming() {}

    /** Stands before a part of so many bytes; {@link #CRLF} stands behind it. */
    static void begin(long size, Bytes out) {
        out.writeHexLower(size);
        out.write(CRLF);
    }

    /** Ends the body. */
    static void end(@Nullable Fields trailers, Bytes out) {
        out.write(LAST_CHUNK);
        if (trailers != null) {
            HeadWriter.fields(out, trailers);
        }
        out.write(CRLF);
    }
}
