package io.frontdesk.modules.grpc;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.HeaderLine;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamAddresses;
import io.frontdesk.engine.upstream.UpstreamDirectives;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.upstream.UpstreamSettings;
import io.frontdesk.engine.upstream.UpstreamTlsDirectives;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.Variables;
import java.util.List;

/** {@code grpc_pass}: requests and responses pass as they come, in HTTP/2, trailers and all. */
public final class GrpcModule extends HttpModule {
    private static final List<String> HIDDEN = List.of("Date", "Server", "X-Accel-Expires", "X-Accel-Redirect",
            "X-Accel-Limit-Rate", "X-Accel-Buffering", "X-Accel-Charset");

    private final Directive<String> pass = directive("grpc_pass", text("address")).in(LOCATION, LOCATION_IF)
            .local().doc("The gRPC server, or the upstream group, that requests are passed on to: host and port, with "
                    + "`grpc://` or `grpcs://` before it; `grpc` if there is none.");
    private final Directive<HeaderLine> setHeader = directive("grpc_set_header", HeaderLine.shape())
            .in(HTTP, SERVER, LOCATION).list().doc("A field of requests to the server, in place of the client's; "
                    + "with an empty value there is none. `Host` is what `:authority` says. The lines of a block replace "
                    + "those of the blocks around it.");
    private final UpstreamDirectives common = group(UpstreamDirectives.ofStreams("grpc"));
    private final UpstreamTlsDirectives tls = group(new UpstreamTlsDirectives("grpc", "grpc_internal_host"));

    /** The module; one object per process. */
    public GrpcModule() {
        super("grpc");
        unused("socket_rcvbuf");
        unused("socket_sndbuf");
    }

    private void unused(String rest) {
        directive("grpc_" + rest, size()).in(HTTP, SERVER, LOCATION).orElse(0L)
                .doc("Accepted without effect: the system sizes the buffers of sockets.");
    }

    @Override
    public void variables(Variables variables) {
        variables.declare("grpc_internal_host", "Host and port of the gRPC server, as `grpc_pass` names them.",
                (ex, out) -> {
                    UpstreamExchange upstream = ex.upstream();
                    if (upstream == null || !(upstream.codec() instanceof GrpcCodec codec) || !codec.isFor(ex)) {
                        return false;
                    }
                    out.write(codec.target().authority());
                    return true;
                });
        variables.declare("grpc_internal_trailers", "`trailers` when the client says that it takes them.",
                (ex, out) -> {
                    if (!ex.request().fields().hasToken(FieldName.TE, "trailers")) {
                        return false;
                    }
                    out.write("trailers");
                    return true;
                });
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        Setting<String> line = UpstreamDirectives.passOf(scope, pass);
        if (line == null || line.scope() != scope && plan.hasContent()) {
            return;
        }
        plan.content(new GrpcHandler(plan(scope, line, link), line.at().at()));
        if (line.scope() == scope && plan.pattern().text().endsWith("/")) {
            plan.autoRedirects();
        }
    }

    private GrpcPlan plan(Scope scope, Setting<String> line, Link link) throws ConfigException {
        Upstreams upstreams = link.shared(Upstreams.class, Upstreams::new);
        Template template = link.template(line.value(), line.at().at());
        GrpcTarget target = template.isConstant() ? target(line) : null;
        Upstream upstream = null;
        if (target != null) {
            if (target.lacksPort() && upstreams.named(target.url().hostText()) == null) {
                throw line.error("no port in upstream \"%s\"", target.url().host());
            }
            upstream = UpstreamAddresses.find(target.url(), 0, upstreams, line.at().at());
        }
        UpstreamTlsDirectives.Use secure = new UpstreamTlsDirectives.Use(tls, List.of("h2"));
        UpstreamSettings settings = common.compile(scope, link, HIDDEN,
                target != null && target.isTls() ? secure : null);
        UpstreamSettings secured = target != null ? settings : common.compile(scope, link, HIDDEN, secure);
        return new GrpcPlan(settings, secured, upstreams, target, upstream, target == null ? template : null,
                RequestHeaders.compile(scope, setHeader, false, link), ResponseLimits.of(settings.bufferSize()));
    }

    private static GrpcTarget target(Setting<String> line) throws ConfigException {
        try {
            return GrpcTarget.parse(line.value());
        } catch (UpstreamUrl.Malformed e) {
            throw line.error("%s in upstream \"%s\"", String.valueOf(e.getMessage()),
                    line.value().substring(line.value().indexOf("//") < 0 ? 0 : line.value().indexOf("//") + 2));
        }
    }
}
