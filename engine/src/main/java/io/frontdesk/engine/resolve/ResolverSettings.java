package io.frontdesk.engine.resolve;

import io.frontdesk.config.Shape;
import io.frontdesk.config.Shapes;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A {@code resolver} line. A value: equal lines share servers, cache and queries, across locations and reloads.
 *
 * @param servers      asked in turns; none when there is no line
 * @param validSeconds how long answers are kept, 0 for as long as they say themselves
 * @param ipv4         whether A records are asked for
 * @param ipv6         whether AAAA records are asked for
 * @param resendMillis how long a server may be silent before the next one is asked
 */
public record ResolverSettings(List<InetSocketAddress> servers, long validSeconds, boolean ipv4, boolean ipv6,
        long resendMillis) {
    /** nginx: resend_timeout, five seconds. */
    public static final long RESEND_MILLIS = 5000;

    /** No line: only literal addresses can be resolved. */
    public static final ResolverSettings NONE = new ResolverSettings(List.of(), 0, true, true, RESEND_MILLIS);

    /** Makes the list immutable. */
    public ResolverSettings {
        servers = List.copyOf(servers);
    }

    /** Whether there is a server to ask. */
    public boolean isDefined() {
        return !servers.isEmpty();
    }

    /** The form of the directive's arguments, in http blocks and in upstream blocks. */
    public static Shape<ResolverSettings> shape() {
        return Shapes.of("address ... [valid=time] [ipv4=on|off] [ipv6=on|off] [status_zone=zone]", 1,
                Integer.MAX_VALUE, ResolverLine::parse, settings -> "none");
    }
}
