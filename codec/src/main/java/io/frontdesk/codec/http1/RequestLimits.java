package io.frontdesk.codec.http1;

/**
 * What a listener's configuration says about reading request heads. Immutable.
 *
 * @param headerBufferSize
 *            {@code client_header_buffer_size}
 * @param largeBufferCount
 *            {@code large_client_header_buffers}, the number
 * @param largeBufferSize
 *            {@code large_client_header_buffers}, the size: no line is longer
 * @param maxFields
 *            {@code max_headers}
 * @param ignoresInvalidFields
 *            {@code ignore_invalid_headers}: fields with unusual names are left out
 * @param allowsUnderscores
 *            {@code underscores_in_headers}: an underscore is not unusual
 * @param mergesSlashes
 *            {@code merge_slashes}
 * @param allowsHttp09
 *            whether a request line without version is taken as HTTP/0.9; off unless wanted
 * @param allowsConnect
 *            whether CONNECT is taken
 */
public record RequestLimits(int headerBufferSize, int largeBufferCount, int largeBufferSize, int maxFields,
        boolean ignoresInvalidFields, boolean allowsUnderscores, boolean mergesSlashes, boolean allowsHttp09,
        boolean allowsConnect) {
    /** nginx's defaults. */
    public static final RequestLimits DEFAULT = new RequestLimits(1024, 4, 8192, 1000, true, false, true, false, false);
}
