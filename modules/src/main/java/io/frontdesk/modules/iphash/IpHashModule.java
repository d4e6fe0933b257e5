package io.frontdesk.modules.iphash;

import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Directive;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.BalancingMethod;
import io.frontdesk.engine.upstream.ServerParameter;
import java.util.Set;

/** {@code ip_hash}. */
public final class IpHashModule extends HttpModule {
    final Directive<Method> ipHash = directive("ip_hash", of("", 0, 0, call -> new Method())).in(UPSTREAM)
            .repeatable().doc("Gives the requests of one network to one server while that is there: the first three "
                    + "octets of an IPv4 address count, or all of an IPv6 address.");

    /** The module; one object per process. */
    public IpHashModule() {
        super("upstream_ip_hash");
    }

    /** The line. */
    record Method() implements BalancingMethod {
        @Override
        public Set<ServerParameter> parameters() {
            return ServerParameter.WITHOUT_RESERVE;
        }

        @Override
        public Balancer balancer(Link link) {
            return new IpHashBalancer();
        }
    }
}
