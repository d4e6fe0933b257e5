package io.frontdesk.modules.grpc;

import io.frontdesk.config.Position;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.upstream.LoopUpstreams;
import io.frontdesk.engine.upstream.PeerAddress;
import io.frontdesk.engine.upstream.ProbeSource;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamAddresses;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.upstream.UpstreamSettings;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.variable.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content handler of {@code grpc_pass}. */
final class GrpcHandler implements Handler, ProbeSource {
    private final GrpcPlan plan;
    private final Position at;

    GrpcHandler(GrpcPlan plan, Position at) {
        this.plan = plan;
        this.at = at;
    }

    @Override
    public String kind() {
        return "grpc";
    }

    @Override
    public Position at() {
        return at;
    }

    @Override
    public Outcome handle(Exchange ex) {
        GrpcTarget target = plan.target();
        Upstream upstream = plan.upstream();
        Template variable = plan.variableTarget();
        if (variable != null) {
            target = evaluate(ex, variable);
            upstream = target == null ? null : upstream(target);
            if (target == null || upstream == null && target.lacksPort()) {
                return target == null ? ex.finish(500) : noPort(ex, target);
            }
        }
        if (target == null) {
            throw new IllegalStateException("neither address nor variables");
        }
        if (ex.trace() != null) {
            ex.trace().step("grpc_pass", at,
                    "passes it to " + (upstream == null ? target.hostPort().toString() : upstream.name()));
        }
        UpstreamExchange exchange = LoopUpstreams.of(ex.worker()).take(plan);
        ((GrpcCodec) exchange.codec()).target(target);
        UpstreamSettings settings = target.isTls() ? plan.secured() : plan.settings();
        return upstream == null
                ? exchange.run(ex, plan, settings, target.hostPort())
                : exchange.run(ex, plan, settings, upstream);
    }

    @Override
    public @Nullable Upstream upstream() {
        return plan.upstream();
    }

    @Override
    public boolean isGrpc() {
        return true;
    }

    @Override
    public Outcome probe(Exchange ex, Upstream alone) {
        GrpcTarget target = plan.target();
        if (target == null) {
            throw new IllegalStateException("there is no address to probe");
        }
        UpstreamExchange exchange = LoopUpstreams.of(ex.worker()).take(plan);
        ((GrpcCodec) exchange.codec()).target(target);
        return exchange.probe(ex, plan, plan.settings(), alone);
    }

    private static @Nullable GrpcTarget evaluate(Exchange ex, Template variable) {
        String text = variable.value(ex);
        try {
            return GrpcTarget.parse(text);
        } catch (UpstreamUrl.Malformed e) {
            ex.blame().log(FaultKind.NO_REQUEST, e.getMessage() + " in upstream \"" + text + "\"");
            return null;
        }
    }

    private static Outcome noPort(Exchange ex, GrpcTarget target) {
        ex.blame().log(FaultKind.NO_REQUEST, "no port in upstream \"" + target.url().host() + "\"");
        return ex.finish(500);
    }

    private @Nullable Upstream upstream(GrpcTarget target) {
        UpstreamUrl url = target.url();
        if (url.unixPath() == null) {
            Upstream known = plan.upstreams().find(url, 0);
            if (known != null) {
                return known;
            }
            if (target.lacksPort()) {
                return null;
            }
        }
        PeerAddress literal = UpstreamAddresses.literal(url, 0);
        return literal == null ? null : Upstream.implicit(url.authority(), List.of(literal));
    }
}
