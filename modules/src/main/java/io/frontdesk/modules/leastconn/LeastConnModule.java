package io.frontdesk.modules.leastconn;

import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Directive;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.BalancingMethod;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.LeastBalancer;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.ServerParameter;
import java.util.Set;

/** {@code least_conn}. */
public final class LeastConnModule extends HttpModule {
    final Directive<Method> leastConn = directive("least_conn", of("", 0, 0, call -> new Method())).in(UPSTREAM)
            .repeatable().doc("Gives a request to the server that works on the fewest requests, for its weight; "
                    + "equals get them in turns.");

    /** The module; one object per process. */
    public LeastConnModule() {
        super("upstream_least_conn");
    }

    /** The line. */
    record Method() implements BalancingMethod {
        @Override
        public Set<ServerParameter> parameters() {
            return ServerParameter.ALL;
        }

        @Override
        public Balancer balancer(Link link) {
            return new LeastConnBalancer();
        }
    }

    /** The load of a server is its number of requests. Stateless. */
    static final class LeastConnBalancer extends LeastBalancer {
        @Override
        protected long load(Choice choice, Peer peer) {
            return peer.state().connections();
        }
    }
}
