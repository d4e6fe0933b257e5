package io.frontdesk.engine.upstream;

/**
 * The parameters of a {@code server} line in an upstream block. A value.
 *
 * @param weight            its share of the requests
 * @param maxConnections    requests that it works on at once, 0 for no limit
 * @param maxFails          failures within {@code failTimeoutMillis} that suspend it for as long; 0: it never is
 * @param failTimeoutMillis that window
 * @param slowStartMillis   how long its share takes to grow to the whole after it was out of use; 0 for no time
 * @param backup            whether it gets requests only when no other server can
 * @param down              whether it gets none
 * @param drain             whether it gets only those of clients that are bound to it
 * @param route             what binds clients to it, empty for a digest of its address
 */
public record ServerParameters(int weight, int maxConnections, int maxFails, long failTimeoutMillis,
        long slowStartMillis, boolean backup, boolean down, boolean drain, String route) {
    /** nginx's defaults. */
    public static final ServerParameters DEFAULT = new ServerParameters(1, 0, 1, 10_000, 0, false, false, false, "");

    /** The same with another weight. */
    ServerParameters withWeight(int other) {
        return other == weight
                ? this
                : new ServerParameters(other, maxConnections, maxFails, failTimeoutMillis, slowStartMillis, backup,
                        down, drain, route);
    }

    /** Whether nobody new is sent there: nginx counts such servers out. */
    boolean isOff() {
        return down || drain;
    }
}
