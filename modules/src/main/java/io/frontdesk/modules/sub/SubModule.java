package io.frontdesk.modules.sub;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.response.MediaTypes;
import java.util.ArrayList;
import java.util.List;

/** {@code sub_filter} and its kin. */
public final class SubModule extends HttpModule {
    private static final int MAX_PATTERNS = 255;

    private final Directive<Line> subFilter = directive("sub_filter", of("string replacement", 2, 2, SubModule::line))
            .in(HTTP, SERVER, LOCATION).list()
            .doc("A text, in letters of either case, and what it is replaced by; both may have variables.");
    private final Directive<MediaTypes> subFilterTypes = directive("sub_filter_types", MediaTypes.shape("text/html"))
            .in(HTTP, SERVER, LOCATION).orElse(MediaTypes.of("text/html"))
            .doc("The media types of responses in which texts are replaced; `*` stands for any.");
    private final Directive<Boolean> subFilterOnce = directive("sub_filter_once", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(true).doc("Whether each text is replaced only where it is found first.");
    private final Directive<Boolean> subFilterLastModified = directive("sub_filter_last_modified", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Whether Last-Modified stays.");

    /** A line of {@code sub_filter}. */
    private record Line(String text, String value) {}

    /** The module; one object per process. */
    public SubModule() {
        super("sub");
    }

    private static Line line(Call call) throws ConfigException {
        if (call.text(0).isEmpty()) {
            throw call.error("empty search pattern");
        }
        return new Line(call.text(0), call.text(1));
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        List<Setting<Line>> lines = scope.all(subFilter);
        if (lines.isEmpty()) {
            return;
        }
        if (lines.size() > MAX_PATTERNS) {
            throw lines.get(MAX_PATTERNS).error("number of search patterns exceeds %d", MAX_PATTERNS);
        }
        List<SubFilter.Pair> pairs = new ArrayList<>();
        for (Setting<Line> line : lines) {
            pairs.add(new SubFilter.Pair(link.template(line.value().text(), line.at().at()),
                    link.template(line.value().value(), line.at().at())));
        }
        plan.filter(FilterStage.SUB, new SubFilter(pairs, scope.get(subFilterTypes), scope.get(subFilterOnce),
                scope.get(subFilterLastModified)));
    }
}
