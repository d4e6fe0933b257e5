package io.frontdesk.modules.proxy;

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

/** The content handler of {@code proxy_pass}. */
final class ProxyHandler implements Handler, ProbeSource {
    private final ProxyPlan plan;
    private final Position at;

    ProxyHandler(ProxyPlan plan, Position at) {
        this.at = at;
        this.plan = plan;
    }

    @Override
    public String kind() {
        return "proxy";
    }

    @Override
    public Position at() {
        return at;
    }

    @Override
    public Outcome handle(Exchange ex) {
        ProxyTarget target = plan.target;
        Upstream upstream = plan.upstream;
        Template variable = plan.variableTarget;
        if (variable != null) {
            target = evaluate(ex, variable);
            if (target == null) {
                return ex.finish(500);
            }
            upstream = upstream(target);
        }
        if (target == null) {
            throw new IllegalStateException("neither URL nor variables");
        }
        if (ex.trace() != null) {
            ex.trace().step("proxy_pass", at,
                    "passes it to " + (upstream == null ? target.hostPort().toString() : upstream.name()));
        }
        UpstreamExchange exchange = LoopUpstreams.of(ex.worker()).take(plan);
        ((ProxyCodec) exchange.codec()).call().target(target);
        UpstreamSettings settings = variable != null && target.isTls() ? plan.secured : plan.settings;
        return upstream == null
                ? exchange.run(ex, plan, settings, target.hostPort())
                : exchange.run(ex, plan, settings, upstream);
    }

    @Override
    public @Nullable Upstream upstream() {
        return plan.upstream;
    }

    @Override
    public Outcome probe(Exchange ex, Upstream alone) {
        ProxyTarget target = plan.target;
        if (target == null) {
            throw new IllegalStateException("there is no URL to probe");
        }
        UpstreamExchange exchange = LoopUpstreams.of(ex.worker()).take(plan);
        ((ProxyCodec) exchange.codec()).call().target(target.withoutUri());
        return exchange.probe(ex, plan, plan.settings, alone);
    }

    private static @Nullable ProxyTarget evaluate(Exchange ex, Template variable) {
        String text = variable.value(ex);
        try {
            return ProxyTarget.parse(text);
        } catch (ProxyTarget.WrongScheme e) {
            ex.blame().log(FaultKind.NO_REQUEST, e.getMessage() + " in \"" + text + "\"");
        } catch (UpstreamUrl.Malformed e) {
            ex.blame().log(FaultKind.NO_REQUEST, e.getMessage() + " in upstream \"" + text + "\"");
        }
        return null;
    }

    private @Nullable Upstream upstream(ProxyTarget target) {
        UpstreamUrl url = target.url();
        if (url.unixPath() == null) {
            Upstream known = plan.upstreams.find(url, target.usualPort());
            if (known != null) {
                return known;
            }
        }
        PeerAddress literal = UpstreamAddresses.literal(url, target.usualPort());
        return literal == null ? null : Upstream.implicit(url.authority(), List.of(literal));
    }
}
