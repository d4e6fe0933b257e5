package io.frontdesk.engine.upstream;

import io.frontdesk.config.ConfigException;
import io.frontdesk.engine.plan.Link;
import java.util.Set;

/**
 * The value of a directive that says how an upstream's servers are chosen ({@code least_conn} and its kin): the upstream block knows it by
 * this type, whatever the directive. Control plane only.
 */
public interface BalancingMethod {
    /** The parameters that {@code server} lines below it may have. */
    Set<ServerParameter> parameters();

    /** Makes the balancer of one upstream. */
    Balancer balancer(Link link) throws ConfigException;
}
