package io.frontdesk.modules.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.KeepAlive;
import io.frontdesk.engine.upstream.UpstreamAddresses;
import io.frontdesk.engine.upstream.UpstreamBuilder;
import io.frontdesk.engine.upstream.UpstreamVariables;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Variables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code upstream}, {@code server} and {@code zone} in it, and {@code keepalive} with its kin. */
public final class UpstreamModule extends HttpModule {
    private static final int HTTP_PORT = 80;

    final Directive<String> upstream = directive("upstream", text("name")).in(HTTP).opens(UPSTREAM)
            .closing((block, call) -> {
                Scope body = block.body();
                if (body != null && body.own(this.servers()).isEmpty()) {
                    throw call.errorAtEnd("no servers are inside upstream");
                }
            }).doc("A group of servers that requests are spread over, which other directives name.");
    final Directive<ServerLine> server = directive("server", of("address [parameters]", 1, 20, ServerLine::parse))
            .in(UPSTREAM).repeatable().doc("A server of the group: address and port, name, or a socket behind `unix:`. "
                    + "`weight=` is its share; `max_conns=` limits its requests; `max_fails=` failures within "
                    + "`fail_timeout=` suspend it for that time; `backup` servers are asked when no other can answer; "
                    + "`down` servers never.");
    final Directive<List<Word>> zone = directive("zone", words("name [size]", 1, 2)).in(UPSTREAM).local()
            .doc("Names the state of the group. All loops share it with or without a name.");
    final Directive<KeepLine> keepalive = directive("keepalive", of("connections [local]", 1, 2, KeepLine::parse))
            .in(UPSTREAM).local()
            .doc("How many idle connections to the group each loop keeps, 32 by default; 0 for none. "
                    + "With `local`, which is the default without this line, a location uses only its own.");
    final Directive<Integer> keepaliveRequests = directive("keepalive_requests", number()).in(UPSTREAM).local()
            .orElse(KeepAlive.DEFAULT.requests()).doc("How many requests one connection carries.");
    final Directive<Long> keepaliveTime = directive("keepalive_time", millis()).in(UPSTREAM).local()
            .orElse(KeepAlive.DEFAULT.timeMillis()).doc("How old a connection gets.");
    final Directive<Long> keepaliveTimeout = directive("keepalive_timeout", millis()).in(UPSTREAM).local()
            .orElse(KeepAlive.DEFAULT.timeoutMillis()).doc("How long a connection stays idle.");

    /** The module; one object per process. */
    public UpstreamModule() {
        super("upstream");
    }

    private Directive<ServerLine> servers() {
        return server;
    }

    /**
     * {@code keepalive}.
     *
     * @param connections how many
     * @param local       whether locations share none
     */
    record KeepLine(int connections, boolean local) {
        static KeepLine parse(Call call) throws ConfigException {
            long number = Numbers.parse(call.text(0)).orElseThrow(
                    () -> call.error("invalid value \"%s\" in \"%s\" directive", call.text(0), "keepalive"));
            boolean local = call.args().size() > 1;
            if (local && !call.text(1).equals("local")) {
                throw call.invalidParameter(call.args().get(1));
            }
            return new KeepLine((int) Math.min(number, Integer.MAX_VALUE), local);
        }
    }

    @Override
    public void variables(Variables variables) {
        UpstreamVariables.declare(variables);
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        Upstreams upstreams = link.shared(Upstreams.class, Upstreams::new);
        for (Setting<String> block : http.own(upstream)) {
            Scope body = block.body();
            UpstreamBuilder builder = upstreams.add(block.value());
            if (builder == null) {
                throw block.error("duplicate upstream \"%s\"", block.value());
            }
            if (body != null) {
                fill(builder, body);
            }
        }
    }

    private void fill(UpstreamBuilder builder, Scope body) throws ConfigException {
        for (Setting<ServerLine> line : body.own(server)) {
            builder.server(UpstreamAddresses.resolve(line.value().url(), HTTP_PORT, line.at().at()),
                    line.value().parameters());
        }
        if (builder.isEmpty()) {
            throw Link.error("no servers in upstream \"" + builder.name() + "\"", body.statement().at());
        }
        @Nullable
        Setting<KeepLine> keep = body.find(keepalive);
        builder.keepAlive(new KeepAlive(keep == null ? KeepAlive.DEFAULT.connections() : keep.value().connections(),
                body.get(keepaliveRequests), body.get(keepaliveTime), body.get(keepaliveTimeout),
                keep == null || keep.value().local()));
    }
}
