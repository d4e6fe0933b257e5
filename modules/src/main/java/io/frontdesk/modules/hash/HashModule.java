package io.frontdesk.modules.hash;

import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.Balancer;
import io.frontdesk.engine.upstream.BalancingMethod;
import io.frontdesk.engine.upstream.ServerParameter;
import io.frontdesk.engine.variable.Template;
import java.util.Set;

/** {@code hash}. */
public final class HashModule extends HttpModule {
    final Directive<Method> hash = directive("hash", of("key [consistent]", 1, 2, Method::parse)).in(UPSTREAM)
            .repeatable().doc("Gives requests with the same key to the same server. With `consistent`, which is the "
                    + "ketama method, a change of servers moves only few keys.");

    /** The module; one object per process. */
    public HashModule() {
        super("upstream_hash");
    }

    /**
     * The line.
     *
     * @param key          with variables
     * @param isConsistent whether by ketama
     */
    record Method(Word key, boolean isConsistent) implements BalancingMethod {
        static Method parse(Call call) throws ConfigException {
            boolean consistent = call.args().size() > 1;
            if (consistent && !call.text(1).equals("consistent")) {
                throw call.invalidParameter(call.args().get(1));
            }
            return new Method(call.args().getFirst(), consistent);
        }

        @Override
        public Set<ServerParameter> parameters() {
            return ServerParameter.WITHOUT_RESERVE;
        }

        @Override
        public Balancer balancer(Link link) throws ConfigException {
            Template template = link.template(key);
            return isConsistent ? new ConsistentHashBalancer(template) : new HashBalancer(template);
        }
    }
}
