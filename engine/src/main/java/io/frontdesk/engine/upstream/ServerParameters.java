package io.frontdesk.engine.upstream;

/**
 * The parameters of a {@code server} line in an upstream block. A value.
 *
 * @param weight            its share of the requests
 * @param maxConnections    requests that it works on at once, 0 for no limit
 * @param maxFails          failures within {@code failTimeoutMillis} that suspend it for as long; 0: it never is
 * @param failTimeoutMillis that window
 * @param backup            whether it gets requests only when no other server can
 * @param down              whether it gets none
 */
public record ServerParameters(int weight, int maxConnections, int maxFails, long failTimeoutMillis, boolean backup,
        boolean down) {
    /** nginx's defaults. */
    public static final ServerParameters DEFAULT = new ServerParameters(1, 0, 1, 10_000, false, false);
}
