package io.frontdesk.modules.access;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LIMIT_EXCEPT;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code allow} and {@code deny}: the first rule that fits the client's address decides. */
public final class AccessModule extends HttpModule {
    private final Directive<Source> allow = directive("allow",
            of("address | CIDR | unix: | all", 1, 1, AccessModule::parse)).in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT)
            .list().doc("Lets in the clients of an address or network.");
    private final Directive<Source> deny = directive("deny",
            of("address | CIDR | unix: | all", 1, 1, AccessModule::parse)).in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT)
            .list().doc("Keeps out the clients of an address or network, with 403.");

    /** The module; one object per process. */
    public AccessModule() {
        super("access");
    }

    /**
     * Whom a line means.
     *
     * @param block
     *            the addresses; null for {@code all} and {@code unix:}
     * @param all
     *            whether it is {@code all}
     */
    record Source(@Nullable Cidr block, boolean all) {}

    private static Source parse(Call call) throws ConfigException {
        String text = call.text(0);
        if (text.equals("all") || text.equals("unix:")) {
            return new Source(null, text.equals("all"));
        }
        Cidr block = Cidr.parse(text);
        if (block == null) {
            throw call.invalidParameter(call.args().getFirst());
        }
        if (block.hadHostBits()) {
            call.warn("low address bits of %s are meaningless", text);
        }
        return new Source(block, false);
    }

    @Override
    public <T> List<Setting<T>> inForce(Scope scope, Directive<T> directive) {
        // the lines of both directives are one list
        for (Scope s = scope; s != null; s = s.parent()) {
            if (!s.own(allow).isEmpty() || !s.own(deny).isEmpty()) {
                return s.own(directive);
            }
        }
        return List.of();
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        for (Scope s = scope; s != null; s = s.parent()) {
            if (!s.own(allow).isEmpty() || !s.own(deny).isEmpty()) {
                plan.on(Phase.ACCESS, handler(s));
                return;
            }
        }
    }

    private AccessHandler handler(Scope scope) {
        List<AccessHandler.Rule> four = new ArrayList<>();
        List<AccessHandler.Rule> six = new ArrayList<>();
        List<AccessHandler.Rule> unix = new ArrayList<>();
        for (Setting<?> line : scope.entries()) {
            if (line.directive() != allow && line.directive() != deny) {
                continue;
            }
            Source source = (Source) line.value();
            AccessHandler.Rule rule = new AccessHandler.Rule(source.block(), line.directive() == deny,
                    line.at().at());
            Cidr block = source.block();
            if (source.all()) {
                four.add(rule);
                six.add(rule);
                unix.add(rule);
            } else if (block == null) {
                unix.add(rule);
            } else {
                (block.isIpv6() ? six : four).add(rule);
            }
        }
        return new AccessHandler(four, six, unix);
    }
}
