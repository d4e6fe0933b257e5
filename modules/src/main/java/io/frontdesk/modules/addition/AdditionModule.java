package io.frontdesk.modules.addition;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.response.MediaTypes;

/** {@code add_before_body} and its kin. */
public final class AdditionModule extends HttpModule {
    private final Directive<String> before = directive("add_before_body", text("uri")).in(HTTP, SERVER, LOCATION)
            .orElse("").doc("The URI whose response stands before the body; an empty one for none.");
    private final Directive<String> after = directive("add_after_body", text("uri")).in(HTTP, SERVER, LOCATION)
            .orElse("").doc("The URI whose response stands behind the body; an empty one for none.");
    private final Directive<MediaTypes> types = directive("addition_types", MediaTypes.shape("text/html"))
            .in(HTTP, SERVER, LOCATION).orElse(MediaTypes.of("text/html"))
            .doc("The media types of responses that something is added to; `*` stands for any.");

    /** The module; one object per process. */
    public AdditionModule() {
        super("addition");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (!scope.get(before).isEmpty() || !scope.get(after).isEmpty()) {
            plan.filter(FilterStage.ADDITION,
                    new AdditionFilter(scope.get(before), scope.get(after), scope.get(types)));
            plan.joinsSubrequests();
        }
    }
}
