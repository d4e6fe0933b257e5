package io.frontdesk.engine.upstream;

import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.connect.Connector;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** What one loop has for its upstreams: idle connections, and the objects of exchanges that are over, for the next ones. Loop only. */
public final class LoopUpstreams {
    private static final int MAX_SPARE = 1024;

    private final Worker worker;
    private final Connector connector;
    private final IdlePool none = new IdlePool(KeepAlive.NONE);
    private final Map<Upstream, IdlePool> pools = new IdentityHashMap<>();
    private final Map<Class<?>, ArrayDeque<UpstreamExchange>> spare = new HashMap<>();

    private LoopUpstreams(Worker worker) {
        this.worker = worker;
        this.connector = new Connector(worker.loop());
    }

    /** Those of a loop. */
    public static LoopUpstreams of(Worker worker) {
        return worker.own(LoopUpstreams.class, LoopUpstreams::new);
    }

    Connector connector() {
        return connector;
    }

    /** An exchange object of a protocol: a used one where there is one. */
    public UpstreamExchange take(UpstreamProtocol protocol) {
        ArrayDeque<UpstreamExchange> known = spare.get(protocol.getClass());
        UpstreamExchange used = known == null ? null : known.pollLast();
        return used == null ? new UpstreamExchange(worker, this, protocol.getClass(), protocol.newCodec(worker)) : used;
    }

    void giveBack(UpstreamExchange exchange, Class<?> protocol) {
        ArrayDeque<UpstreamExchange> known = spare.get(protocol);
        if (known == null) {
            known = new ArrayDeque<>();
            spare.put(protocol, known);
        }
        if (known.size() < MAX_SPARE) {
            known.addLast(exchange);
        }
    }

    /** The idle connections to an upstream. */
    IdlePool pool(Upstream upstream) {
        if (upstream.keepAlive().connections() == 0) {
            return none;
        }
        IdlePool pool = pools.get(upstream);
        if (pool == null) {
            pool = new IdlePool(upstream.keepAlive());
            pools.put(upstream, pool);
        }
        return pool;
    }

    /** A connection ended while idle: an upstream that is not used any more, after a reload say, leaves nothing here. */
    void idleEnded(IdlePool pool) {
        if (pool.size() == 0) {
            pools.values().remove(pool);
        }
    }

    /** The process quits: nothing will be asked any more. */
    public void closeIdle() {
        pools.values().forEach(IdlePool::close);
    }
}
