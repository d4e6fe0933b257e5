package io.frontdesk.engine.upstream;

import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.fault.LimitSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the limits of a location come from: for the details of faults. A value.
 *
 * @param connect {@code connect_timeout}
 * @param send    {@code send_timeout}
 * @param read    {@code read_timeout}
 * @param head    {@code buffer_size}
 */
record UpstreamLimits(LimitSource connect, LimitSource send, LimitSource read, LimitSource head) {
    /** Of what no configuration says. */
    static final UpstreamLimits NONE = usual("upstream");

    private static UpstreamLimits usual(String prefix) {
        return new UpstreamLimits(new LimitSource(prefix + "_connect_timeout", "60s", null),
                new LimitSource(prefix + "_send_timeout", "60s", null),
                new LimitSource(prefix + "_read_timeout", "60s", null),
                new LimitSource(prefix + "_buffer_size", "4k", null));
    }

    /** The limit that a fault ran into, or null. */
    @Nullable
    LimitSource of(FaultKind kind) {
        return switch (kind) {
            case CONNECT_TIMEOUT -> connect;
            case SEND_TIMEOUT -> send;
            case READ_TIMEOUT, BODY_TIMEOUT -> read;
            case HEAD_TOO_BIG -> head;
            default -> null;
        };
    }
}
