package io.frontdesk.modules.leasttime;

import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.BalancingMethod;
import io.frontdesk.engine.upstream.ResponseTime;
import io.frontdesk.engine.upstream.ServerParameter;
import java.util.Set;

/** {@code least_time}. */
public final class LeastTimeModule extends HttpModule {
    final Directive<Method> leastTime = directive("least_time",
            of("header | last_byte [inflight]", 1, 2, Method::parse)).in(UPSTREAM).local()
            .doc("Gives a request to the server with the least mean response time and the fewest requests, for its "
                    + "weight: the time until the head came, or the whole. With `inflight`, the time of requests that "
                    + "are not answered yet counts too.");

    /** The module; one object per process. */
    public LeastTimeModule() {
        super("upstream_least_time");
    }

    /**
     * The line.
     *
     * @param time           which time
     * @param countsInflight whether that of running requests counts
     */
    record Method(ResponseTime time, boolean countsInflight) implements BalancingMethod {
        static Method parse(Call call) throws ConfigException {
            boolean inflight = call.args().size() > 1;
            if (inflight && !call.text(1).equals("inflight")) {
                throw call.invalidParameter(call.args().get(1));
            }
            return switch (call.text(0)) {
                case "header" -> new Method(ResponseTime.HEADER, inflight);
                case "last_byte" -> new Method(ResponseTime.LAST_BYTE, inflight);
                default -> throw call.invalidValue(call.args().getFirst());
            };
        }

        @Override
        public Set<ServerParameter> parameters() {
            return ServerParameter.ALL;
        }

        @Override
        public Balancer balancer(Link link) {
            return new LeastTimeBalancer(time, countsInflight);
        }
    }
}
