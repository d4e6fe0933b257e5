package io.frontdesk.engine.http2;

/**
 * What a location says about HTTP/2, where it is not the default. Immutable, attached to its plan.
 *
 * @param bytes {@code http2_chunk_size}: the most of a body in one frame
 */
public record Http2Chunks(int bytes) {
    /** nginx's default. */
    public static final int DEFAULT_BYTES = 8 * 1024;
}
