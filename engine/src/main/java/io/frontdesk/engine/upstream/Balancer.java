package io.frontdesk.engine.upstream;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the peer that gets a request. One per upstream, shared by all loops, so what it keeps is atomic or in the peers' states. Never
 * waits.
 */
@FunctionalInterface
public interface Balancer {
    /**
     * Chooses among those peers of {@link Choice#group} that {@link Choice#mayTake} names.
     *
     * @return null when there is none
     */
    @Nullable
    Peer choose(Choice choice);
}
