package io.frontdesk.engine.resolve;

import io.frontdesk.engine.worker.Worker;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resolvers of one loop, one for each line that was used: a reload that leaves the line as it is leaves the cache. Loop only. */
public final class LoopResolvers {
    /** Above so many, those of lines that were changed are dropped. */
    private static final int MANY = 32;

    private final Worker worker;
    private final Map<ResolverSettings, Resolver> resolvers = new HashMap<>();

    private LoopResolvers(Worker worker) {
        this.worker = worker;
    }

    /** Those of a loop. */
    public static LoopResolvers of(Worker worker) {
        return worker.own(LoopResolvers.class, () -> new LoopResolvers(worker));
    }

    /** The resolver of a line, or null when it names no server. */
    public @Nullable Resolver resolver(ResolverSettings settings) {
        if (!settings.isDefined()) {
            return null;
        }
        Resolver known = resolvers.get(settings);
        if (known != null) {
            return known;
        }
        if (resolvers.size() >= MANY) {
            resolvers.values().removeIf(Resolver::closeIfIdle);
        }
        Resolver made = new Resolver(worker, settings);
        resolvers.put(settings, made);
        return made;
    }
}
