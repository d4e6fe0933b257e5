package io.frontdesk.engine.upstream;

import io.frontdesk.config.ConfigException;
import io.frontdesk.engine.plan.Link;

/** The value of a directive that binds clients to servers of an upstream: the block knows it by this type. Control plane only. */
@FunctionalInterface
public interface AffinityMethod {
    /** Makes the affinity of the upstream of that name. */
    Affinity affinity(Link link, String upstream) throws ConfigException;
}
