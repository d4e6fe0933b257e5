package io.frontdesk.engine.upstream;

/**
 * How connections to an upstream are kept for later requests. A value.
 *
 * @param connections   {@code keepalive}: how many a loop keeps idle; 0 for none
 * @param requests      {@code keepalive_requests}: how many requests one may carry
 * @param timeMillis    {@code keepalive_time}: how old one may get
 * @param timeoutMillis {@code keepalive_timeout}: how long one may be idle
 * @param local         whether a location uses only connections that it made itself
 */
public record KeepAlive(int connections, int requests, long timeMillis, long timeoutMillis, boolean local) {
    /** Nothing is kept: nginx, for what has no upstream block. */
    public static final KeepAlive NONE = new KeepAlive(0, 0, 0, 0, false);
    /** nginx since 1.29.7, for an upstream block that does not say. */
    public static final KeepAlive DEFAULT = new KeepAlive(32, 1000, 3_600_000, 60_000, true);
}
