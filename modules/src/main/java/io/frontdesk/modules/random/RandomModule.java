package io.frontdesk.modules.random;

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
import org.jspecify.annotations.Nullable;

/** {@code random}. */
public final class RandomModule extends HttpModule {
    final Directive<Method> random = directive("random",
            of("[two [least_conn | least_time=header|last_byte]]", 0, 2, Method::parse)).in(UPSTREAM).repeatable()
            .doc("Draws lots, weighted. With `two`, two servers are drawn, and the one with fewer requests gets it, or "
                    + "the one that is likely to be done first.");

    /** The module; one object per process. */
    public RandomModule() {
        super("upstream_random");
    }

    /**
     * The line.
     *
     * @param two  whether two are drawn
     * @param time what decides between them, null for the number of requests
     */
    record Method(boolean two, @Nullable ResponseTime time) implements BalancingMethod {
        static Method parse(Call call) throws ConfigException {
            if (call.args().isEmpty()) {
                return new Method(false, null);
            }
            if (!call.text(0).equals("two")) {
                throw call.invalidParameter(call.args().getFirst());
            }
            if (call.args().size() == 1) {
                return new Method(true, null);
            }
            return switch (call.text(1)) {
                case "least_conn" -> new Method(true, null);
                case "least_time=header" -> new Method(true, ResponseTime.HEADER);
                case "least_time=last_byte" -> new Method(true, ResponseTime.LAST_BYTE);
                default -> throw call.invalidParameter(call.args().get(1));
            };
        }

        @Override
        public Set<ServerParameter> parameters() {
            return ServerParameter.WITHOUT_RESERVE;
        }

        @Override
        public Balancer balancer(Link link) {
            return two ? new RandomTwoBalancer(time) : new RandomBalancer();
        }
    }
}
