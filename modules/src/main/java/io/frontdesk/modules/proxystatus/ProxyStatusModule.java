package io.frontdesk.modules.proxystatus;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.variable.Variables;

/** {@code proxy_status}, and the variables that say what an error is put down to. Ours: nginx has neither. */
public final class ProxyStatusModule extends HttpModule {
    private final Directive<Boolean> proxyStatus = directive("proxy_status", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false)
            .doc("Whether answers that are errors say why in a Proxy-Status field (RFC 9209): its error type, the server "
                    + "that was asked, and the cause, one of those of errors.md. The field of a server passes on before it.");

    /** The module; one object per process. */
    public ProxyStatusModule() {
        super("proxystatus");
    }

    @Override
    public void variables(Variables variables) {
        variables.declare("proxy_error", "What an answer that is an error is put down to: a cause of errors.md.",
                (ex, out) -> {
                    FaultKind kind = ex.blame().kind();
                    if (kind == null) {
                        return false;
                    }
                    out.write(kind.cause());
                    return true;
                });
        variables.declare("proxy_error_detail",
                "More about it: which limit, its value and the line that set it; which server; after how long.",
                (ex, out) -> {
                    FaultDetail detail = ex.blame().detail();
                    if (detail == null) {
                        return false;
                    }
                    out.write(detail.describe());
                    return true;
                });
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (scope.get(proxyStatus)) {
            plan.filter(FilterStage.HEADERS, ProxyStatusFilter.INSTANCE);
        }
    }
}
