package io.frontdesk.engine.plan;

import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import java.util.Arrays;
import java.util.List;

/**
 * One listening socket. nginx binds the wildcard alone when a port has a wildcard and specific addresses; which plan a connection gets is
 * then decided by the address that it came to.
 *
 * @param address what is bound
 * @param options the socket's options
 * @param plans   the addresses that it serves; when the socket is a wildcard, the last one is the wildcard's own
 */
public record SocketPlan(ListenAddress address, ListenOptions options, List<ListenPlan> plans) {
    /** The plan for a connection that came to this local address (network order). */
    public ListenPlan choose(byte[] localAddress) {
        for (ListenPlan plan : plans) {
            if (plan.address() instanceof ListenAddress.Inet inet
                    && Arrays.equals(inet.address().getAddress(), localAddress)) {
                return plan;
            }
        }
        return plans.getLast();
    }

    /** Whether the local address must be known to choose. */
    public boolean choosesByAddress() {
        return plans.size() > 1;
    }
}
