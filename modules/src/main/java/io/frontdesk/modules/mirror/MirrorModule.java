package io.frontdesk.modules.mirror;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;
import java.util.List;

/** {@code mirror} and {@code mirror_request_body}. */
public final class MirrorModule extends HttpModule {
    private final Directive<String> mirror = directive("mirror", text("uri | off")).in(HTTP, SERVER, LOCATION).list()
            .doc("A URI that gets a copy of each request, in the background; its answers are thrown away. The connection takes no "
                    + "other request before they are there.");
    private final Directive<Boolean> mirrorRequestBody = directive("mirror_request_body", flag())
            .in(HTTP, SERVER, LOCATION).orElse(true)
            .doc("Whether copies have the body; it is read whole before anything else is done then.");

    /** The module; one object per process. */
    public MirrorModule() {
        super("mirror");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        List<Setting<String>> lines = scope.all(mirror);
        if (lines.isEmpty()) {
            return;
        }
        for (Setting<String> line : lines) {
            if (line.value().equals("off")) {
                if (lines.size() > 1) {
                    throw line.error("\"mirror\" directive is duplicate");
                }
                return;
            }
        }
        plan.on(Phase.PRECONTENT, new MirrorHandler(lines.stream().map(Setting::value).toList(),
                scope.get(mirrorRequestBody), lines.getFirst().at().at()));
    }
}
