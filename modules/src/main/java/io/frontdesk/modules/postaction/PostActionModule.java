package io.frontdesk.modules.postaction;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.engine.request.Subrequest.Output;
import io.frontdesk.engine.request.SubrequestListener;

/** {@code post_action}: when an answer is out another URI is asked, whose answer is thrown away. */
public final class PostActionModule extends HttpModule {
    private final Directive<String> postAction = directive("post_action", text("uri"))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .doc("A URI that is asked when the answer to a request is out; its own answer is thrown away. The connection takes no other "
                    + "request before it is there.");

    /** The module; one object per process. */
    public PostActionModule() {
        super("post_action");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        Setting<String> line = scope.find(postAction);
        if (line == null || line.value().isEmpty()) {
            return;
        }
        if (line.value().startsWith("@")) {
            link.warn("a named location as \"post_action\" is not there yet in this version of frontdesk, ignored",
                    line.at().at());
            return;
        }
        plan.on(Phase.ANSWERED, new Asking(line.value()));
    }

    /** Immutable, shared by all loops. */
    private record Asking(String uri) implements Handler {
        @Override
        public Outcome handle(Exchange ex) {
            Subrequest.make(ex, uri, null, ex.method(), true, Output.BACKGROUND, SubrequestListener.NONE);
            return Outcome.NEXT;
        }
    }
}
