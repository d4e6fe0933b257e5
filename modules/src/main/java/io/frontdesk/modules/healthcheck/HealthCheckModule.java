package io.frontdesk.modules.healthcheck;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.ProbeSource;
import io.frontdesk.engine.upstream.Upstream;
import java.util.List;

/** {@code health_check} and {@code match}, with the syntax of nginx Plus. */
public final class HealthCheckModule extends HttpModule {
    final Directive<CheckLine> healthCheck = directive("health_check",
            of("[parameters]", 0, 20, CheckLine::parse)).in(LOCATION).local()
            .doc("Asks the servers of the location's upstream every `interval=` (5s, and up to `jitter=` more) for "
                    + "`uri=` (/), on another `port=` if there is one, with the location's headers and timeouts. After "
                    + "`fails=` (1) failures in a row a server is unhealthy and gets no requests, after `passes=` (1) "
                    + "successes it is healthy again. `match=` names the block that says what a success is; without it "
                    + "a status from 200 to 399 is one. With `mandatory`, a server gets no requests before its first "
                    + "check; with `persistent` too, that does not hold after a reload. `keepalive_time=` keeps the "
                    + "connection for that long. `type=grpc` calls gRPC's own health service instead, about the service "
                    + "`grpc_service=` or the server as a whole; `grpc_status=` is a status that passes too, such as 12 "
                    + "of a server without that service.");
    final Directive<MatchBlock> match = directive("match", of("name", 1, 1, MatchBlock::parse)).in(HTTP).raw()
            .doc("What the answer to a health check must be; all of it must hold. `status 200 301-303` or `status ! 500`; "
                    + "`header NAME`, `header ! NAME`, `header NAME = VALUE` (or `!=`, or `~`, `!~`, `~*` with an "
                    + "expression); `body ~ EXPRESSION` (or `!~`) for the first 256 KiB; `require $variable ...`: none "
                    + "is empty or 0.");

    /** The module; one object per process. */
    public HealthCheckModule() {
        super("upstream_hc");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        List<Setting<CheckLine>> lines = scope.own(healthCheck);
        if (lines.isEmpty()) {
            return;
        }
        Setting<CheckLine> line = lines.getFirst();
        Upstream upstream = plan.contentHandler() instanceof ProbeSource source ? source.upstream() : null;
        if (upstream == null || !(plan.contentHandler() instanceof ProbeSource source)) {
            throw line.error(
                    "\"health_check\" needs a \"proxy_pass\" or \"grpc_pass\" without variables in its location");
        }
        if (line.value().grpc() != null && !source.isGrpc()) {
            throw line.error("\"type=grpc\" needs a \"grpc_pass\" in its location");
        }
        link.shared(HealthChecks.class, HealthChecks::new)
                .add(new HealthCheck(line.value(), scope, source, upstream, conditions(scope, line, link)));
    }

    private List<Condition> conditions(Scope scope, Setting<CheckLine> line, Link link) throws ConfigException {
        Condition.Serving grpc = line.value().grpc();
        if (grpc != null) {
            return List.of(grpc);
        }
        String name = line.value().match();
        if (name.isEmpty()) {
            return List.of(Condition.Status.USUAL);
        }
        for (Setting<MatchBlock> block : scope.ancestor(HTTP).own(match)) {
            if (block.value().name().equals(name)) {
                return block.value().conditions(link);
            }
        }
        throw line.error("match \"%s\" is not found", name);
    }

    @Override
    public void finish(Scope http, Link link) {
        HealthChecks checks = link.shared(HealthChecks.class, HealthChecks::new);
        checks.all().forEach(check -> checks.place(check, link.planOf(check.scope())));
    }
}
