package io.frontdesk.engine.plan;

import io.frontdesk.engine.variable.Variables;
import io.frontdesk.net.listen.ListenAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, compiled; immutable but for the count of its users. A reload makes another and swaps one reference per loop;
 * requests in flight finish on the one that they started with.
 */
public final class Snapshot {
    private final long generation;
    private final List<SocketPlan> sockets;
    private final List<ServerPlan> servers;
    private final Variables variables;
    private final int slotCount;
    private final Map<Class<?>, Object> shared;
    private final LoopCounts users = new LoopCounts();

    Snapshot(long generation, List<SocketPlan> sockets, List<ServerPlan> servers, Variables variables,
            Map<Class<?>, Object> shared) {
        this.generation = generation;
        this.sockets = List.copyOf(sockets);
        this.servers = List.copyOf(servers);
        this.variables = variables;
        this.slotCount = variables.slotCount();
        this.shared = shared;
    }

    /** Counts up with each reload. */
    public long generation() {
        return generation;
    }

    /** All listening sockets. */
    public List<SocketPlan> sockets() {
        return sockets;
    }

    /** All servers, in order. */
    public List<ServerPlan> servers() {
        return servers;
    }

    /** The variables, for tools that look one up. */
    public Variables variables() {
        return variables;
    }

    /** How many slots an exchange on it needs. */
    public int slotCount() {
        return slotCount;
    }

    /** A thing that modules share, or null. */
    public <T> @Nullable T shared(Class<T> type) {
        return type.cast(shared.get(type));
    }

    /** All things that modules share, such as upstreams and logs. */
    public Iterable<Object> sharedThings() {
        return shared.values();
    }

    /** The plan of a bound socket, or null when this configuration does not listen there. */
    public @Nullable SocketPlan socket(ListenAddress address) {
        for (SocketPlan plan : sockets) {
            if (plan.address().equals(address)) {
                return plan;
            }
        }
        return null;
    }

    /** A loop will run on it: before its first {@link #enter}. Any thread. */
    public void comesTo(int loop) {
        users.join(loop);
    }

    /** A connection or request of a loop runs on it: it has not drained before {@link #leave}. That loop. */
    public void enter(int loop) {
        users.add(loop, 1);
    }

    /** Ends what {@link #enter} began. The same loop. */
    public void leave(int loop) {
        users.add(loop, -1);
    }

    /** Users now; exact once no loop hands this configuration to new requests. */
    public long users() {
        return users.sum();
    }
}
