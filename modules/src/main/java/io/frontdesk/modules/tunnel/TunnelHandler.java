package io.frontdesk.modules.tunnel;

import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.upstream.HostPort;
import io.frontdesk.engine.upstream.LoopUpstreams;
import io.frontdesk.engine.upstream.PeerAddress;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamAddresses;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.variable.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content handler of {@code tunnel_pass}. */
final class TunnelHandler implements Handler {
    private final TunnelPlan plan;

    TunnelHandler(TunnelPlan plan) {
        this.plan = plan;
    }

    @Override
    public String kind() {
        return "tunnel";
    }

    @Override
    public Outcome handle(Exchange ex) {
        if (ex.method() != Method.CONNECT) {
            return ex.finish(405);
        }
        Template target = plan.target();
        if (target == null) {
            return run(ex, plan.upstream(), null);
        }
        String text = target.value(ex);
        try {
            UpstreamUrl url = UpstreamUrl.parse(text, false);
            Upstream known = url.unixPath() == null ? plan.upstreams().find(url, 0) : null;
            if (known != null) {
                return run(ex, known, null);
            }
            PeerAddress literal = UpstreamAddresses.literal(url, 0);
            return literal == null
                    ? run(ex, null, new HostPort(url.host(), url.port()))
                    : run(ex, Upstream.implicit(url.authority(), List.of(literal)), null);
        } catch (UpstreamUrl.Malformed e) {
            ex.blame().log(FaultKind.NO_REQUEST, Severity.INFO, e.getMessage() + " in upstream \"" + text + "\"", null);
            return ex.finish(500);
        }
    }

    private Outcome run(Exchange ex, @Nullable Upstream upstream, @Nullable HostPort name) {
        UpstreamExchange exchange = LoopUpstreams.of(ex.worker()).take(plan);
        if (upstream != null) {
            return exchange.run(ex, plan, plan.settings(), upstream);
        }
        if (name == null) {
            throw new IllegalStateException("nowhere to connect to");
        }
        return exchange.run(ex, plan, plan.settings(), name);
    }
}
