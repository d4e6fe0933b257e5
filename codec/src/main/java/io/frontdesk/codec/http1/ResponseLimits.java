package io.frontdesk.codec.http1;

/**
 * What a location's configuration says about reading response heads. Immutable.
 *
 * @param bufferSize
 *            {@code proxy_buffer_size}: a whole head fits into it
 * @param maxFields
 *            how many fields a head has at most
 * @param maxInterim
 *            how many interim responses may come before the final one
 * @param maxInterimBytes
 *            how many bytes they may have together
 */
public record ResponseLimits(int bufferSize, int maxFields, int maxInterim, int maxInterimBytes) {
    /** nginx's default buffer, and limits that no honest upstream meets. */
    public static final ResponseLimits DEFAULT = of(4096);

    /** Limits with this buffer size. */
    public static ResponseLimits of(int bufferSize) {
        return new ResponseLimits(bufferSize, 1000, 32, 65536);
    }
}
