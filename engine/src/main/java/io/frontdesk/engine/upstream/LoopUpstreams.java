package io.frontdesk.engine.upstream;

import io.frontdesk.engine.worker.LoopKey;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.connect.Connector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one loop has for its upstreams: idle connections, and the objects of exchanges that are over, for the next ones. Loop only. */
public final class LoopUpstreams {
    private static final int MAX_SPARE = 1024;
    private static final LoopKey<LoopUpstreams> KEY = new LoopKey<>(LoopUpstreams::new);

    private final Worker worker;
    private final Connector connector;
    private final IdlePool none = new IdlePool(KeepAlive.NONE);
    private final List<Spares> spares = new ArrayList<>();

    /** The exchange objects of one codec: there are but a few, so that a walk finds them sooner than a map. */
    private record Spares(Class<?> codec, ArrayDeque<UpstreamExchange> waiting) {}

    private LoopUpstreams(Worker worker) {
        this.worker = worker;
        this.connector = worker.connector();
    }

    /** Those of a loop. */
    public static LoopUpstreams of(Worker worker) {
        return worker.own(KEY);
    }

    Connector connector() {
        return connector;
    }

    /** An exchange object of a protocol: a used one where there is one. */
    public UpstreamExchange take(UpstreamProtocol protocol) {
        Class<?> codec = protocol.codecClass();
        Spares known = spares(codec);
        UpstreamExchange used = known == null ? null : known.waiting.pollLast();
        return used == null ? new UpstreamExchange(worker, this, codec, protocol.newCodec(worker)) : used;
    }

    void giveBack(UpstreamExchange exchange, Class<?> codec) {
        Spares known = spares(codec);
        if (known == null) {
            known = new Spares(codec, new ArrayDeque<>());
            spares.add(known);
        }
        if (known.waiting.size() < MAX_SPARE) {
            known.waiting.addLast(exchange);
        }
    }

    private @Nullable Spares spares(Class<?> codec) {
        for (int i = 0; i < spares.size(); i++) {
            if (spares.get(i).codec == codec) {
                return spares.get(i);
            }
        }
        return null;
    }

    /** The idle connections to an upstream. */
    IdlePool pool(Upstream upstream) {
        if (upstream.keepAlive().connections() == 0) {
            return none;
        }
        IdlePool pool = upstream.pool(worker.index());
        return pool == null ? upstream.addPool(worker.index()) : pool;
    }
}
