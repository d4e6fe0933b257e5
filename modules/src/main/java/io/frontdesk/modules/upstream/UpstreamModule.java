package io.frontdesk.modules.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Sizes;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.resolve.ResolverSettings;
import io.frontdesk.engine.upstream.KeepAlive;
import io.frontdesk.engine.upstream.UpstreamBuilder;
import io.frontdesk.engine.upstream.UpstreamVariables;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code upstream}, {@code server} and {@code zone} in it, and {@code keepalive} with its kin. */
public final class UpstreamModule extends HttpModule {
    private static final long PAGE = 4096;

    private final CoreModule core;
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
                    + "`down` servers never, `drain` servers only from clients that `sticky` binds to them, by the "
                    + "`route=` of the server if there is one. After a time out of use, its share grows for "
                    + "`slow_start=`. With `resolve`, its name is looked up again and again while requests run, and "
                    + "with `service=` its SRV records.");
    final Directive<ZoneLine> zone = directive("zone", of("name [size]", 1, 2, ZoneLine::parse)).in(UPSTREAM)
            .local().doc("Names the state of the group. All loops share it with or without a name, and a reload keeps "
                    + "it; `resolve` asks for one as nginx does.");
    final Directive<ResolverSettings> resolver = directive("resolver", ResolverSettings.shape()).in(UPSTREAM).local()
            .doc("The name servers that are asked for servers with `resolve`, instead of those of the http block.");
    final Directive<Long> resolverTimeout = directive("resolver_timeout", millis()).in(UPSTREAM).local()
            .doc("How long they may take.");
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
    public UpstreamModule(CoreModule core) {
        super("upstream");
        this.core = core;
        rules(new UpstreamRules(this));
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
                fill(http, body, builder, link);
            }
        }
        upstreams.build();
    }

    private void fill(Scope http, Scope body, UpstreamBuilder builder, Link link) throws ConfigException {
        new UpstreamBlock(builder, body, link).link();
        Setting<ZoneLine> shared = body.find(zone);
        if (shared != null) {
            link.shared(Zones.class, Zones::new).add(shared);
        }
        if (builder.hasNames()) {
            resolver(http, body, builder, shared != null);
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

    private void resolver(Scope http, Scope body, UpstreamBuilder builder, boolean isShared) throws ConfigException {
        Position at = body.statement().at();
        if (!isShared) {
            throw new ConfigException(new Diagnostic(Severity.EMERG, "resolving names at run time requires upstream \""
                    + builder.name() + "\" in " + at + " to be in shared memory", null));
        }
        Setting<ResolverSettings> own = body.find(resolver);
        ResolverSettings settings = own == null ? http.get(core.resolver) : own.value();
        if (!settings.isDefined()) {
            throw Link.error("no resolver defined to resolve names at run time in upstream \"" + builder.name() + "\"",
                    at);
        }
        Setting<Long> timeout = body.find(resolverTimeout);
        builder.resolver(settings, timeout == null ? http.get(core.resolverTimeout) : timeout.value());
    }

    /**
     * {@code zone}.
     *
     * @param size in bytes, 0 where another line says it
     */
    record ZoneLine(String name, long size) {
        static ZoneLine parse(Call call) throws ConfigException {
            String name = call.text(0);
            if (name.isEmpty()) {
                throw call.error("invalid zone name \"%s\"", name);
            }
            if (call.args().size() == 1) {
                return new ZoneLine(name, 0);
            }
            long size = Sizes.size(call.text(1))
                    .orElseThrow(() -> call.error("invalid zone size \"%s\"", call.text(1)));
            if (size < 8 * PAGE) {
                throw call.error("zone \"%s\" is too small", name);
            }
            return new ZoneLine(name, size);
        }
    }

    /** The sizes of zones, which their lines must agree on. */
    static final class Zones {
        private final Map<String, Long> sizes = new LinkedHashMap<>();

        void add(Setting<ZoneLine> line) throws ConfigException {
            long size = line.value().size();
            long known = sizes.merge(line.value().name(), size, (before, now) -> before == 0 ? now : before);
            if (size != 0 && known != size) {
                throw line.error("the size %d of shared memory zone \"%s\" conflicts with already declared size %d",
                        size, line.value().name(), known);
            }
        }

        void check() throws ConfigException {
            for (Map.Entry<String, Long> zone : sizes.entrySet()) {
                if (zone.getValue() == 0) {
                    throw new ConfigException(new Diagnostic(Severity.EMERG,
                            "zero size shared memory zone \"" + zone.getKey() + "\"", null));
                }
            }
        }
    }

    @Override
    public void finish(Scope http, Link link) throws ConfigException {
        link.shared(Zones.class, Zones::new).check();
    }
}
