package io.frontdesk.modules.authrequest;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.variable.Variable;
import io.frontdesk.engine.variable.VariableSetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code auth_request} and {@code auth_request_set}. */
public final class AuthRequestModule extends HttpModule {
    /** Shows until a variable is set: nothing, which is no mistake. */
    private static final Variable NOTHING = new Variable() {
        @Override
        public boolean append(Exchange exchange, Bytes out) {
            return false;
        }
    };

    private final Directive<String> authRequest = directive("auth_request", text("uri | off"))
            .in(HTTP, SERVER, LOCATION)
            .doc("The URI that is asked, without a body, whether a request may come in: with 2xx it may, with 401 or 403 it is "
                    + "refused so, anything else is an error.");
    private final Directive<Line> authRequestSet = directive("auth_request_set",
            of("$variable value", 2, 2,
                    call -> new Line(Link.variableName(call.text(0), call.statement().at()), call.text(1))))
            .in(HTTP, SERVER, LOCATION).list()
            .doc("Sets a variable when the answer is there; the value may use variables of the request for it, such as "
                    + "`$upstream_http_x_user`.");

    /** A line of {@code auth_request_set}. */
    private record Line(String name, String value) {}

    /** The module; one object per process. */
    public AuthRequestModule() {
        super("auth_request");
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        for (Setting<?> entry : http.entries()) {
            if (entry.value() instanceof Line line) {
                if (!link.variables().isChangeable(line.name())) {
                    throw entry.error("the duplicate \"%s\" variable", line.name().toLowerCase(Locale.ROOT));
                }
                if (link.variables().setter(line.name()) == null) {
                    link.variables().slot(line.name(), NOTHING);
                }
            }
            Scope body = entry.body();
            if (body != null) {
                link(body, link);
            }
        }
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        @Nullable
        Setting<String> line = scope.find(authRequest);
        if (line == null || line.value().equals("off")) {
            return;
        }
        List<AuthRequestHandler.Assignment> assignments = new ArrayList<>();
        for (Setting<Line> set : scope.all(authRequestSet)) {
            VariableSetter setter = link.variables().setter(set.value().name());
            assignments.add(new AuthRequestHandler.Assignment(
                    setter != null ? setter : link.variables().slot(set.value().name())::set,
                    link.template(set.value().value(), set.at().at())));
        }
        plan.on(Phase.ACCESS, new AuthRequestHandler(line.value(), assignments, line.at().at()));
    }
}
