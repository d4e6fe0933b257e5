package io.frontdesk.modules.ssi;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.size;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.response.MediaTypes;
import io.frontdesk.engine.variable.Variables;

/** {@code ssi} and its kin: commands in pages. */
public final class SsiModule extends HttpModule {
    private final Directive<Boolean> ssi = directive("ssi", flag()).in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .orElse(false)
            .doc("Whether responses are read for commands: `<!--#include virtual=\"/uri\" -->` and others.");
    private final Directive<Boolean> silentErrors = directive("ssi_silent_errors", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false).doc("Whether nothing is shown in the place of a command that is wrong.");
    private final Directive<MediaTypes> types = directive("ssi_types", MediaTypes.shape("text/html"))
            .in(HTTP, SERVER, LOCATION).orElse(MediaTypes.of("text/html"))
            .doc("The media types that are read; `text/html` always is. `*` stands for any.");
    private final Directive<Long> valueLength = directive("ssi_value_length", size()).in(HTTP, SERVER, LOCATION)
            .orElse(255L).doc("How long the value of a parameter may be.");
    private final Directive<Boolean> lastModified = directive("ssi_last_modified", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false).doc("Whether Last-Modified stays, as what is included does not matter to caches.");
    private final Directive<Long> minFileChunk = directive("ssi_min_file_chunk", size()).in(HTTP, SERVER, LOCATION)
            .orElse(1024L).doc("Accepted; text that was read is sent from memory.");
    private final Directive<Boolean> ignoreRecycledBuffers = directive("ssi_ignore_recycled_buffers", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Accepted; there are no such buffers.");

    /** The module; one object per process. */
    public SsiModule() {
        super("ssi");
    }

    @Override
    public void variables(Variables variables) {
        variables.declare("date_local", "The time here, in the form that the page asks for.",
                (ex, out) -> {
                    out.write(date(ex, false));
                    return true;
                });
        variables.declare("date_gmt", "The time in Greenwich, in the form that the page asks for.",
                (ex, out) -> {
                    out.write(date(ex, true));
                    return true;
                });
    }

    private static String date(Exchange ex, boolean gmt) {
        return SsiDate.format(SsiPage.timeForm(ex), ex.worker().clock().wallSeconds(), gmt);
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (scope.get(ssi)) {
            int slot = link.shared(Slot.class, () -> new Slot(link.variables().newSlot())).number();
            plan.filter(FilterStage.SSI, new SsiFilter(new SsiSettings(scope.get(types), scope.get(silentErrors),
                    Math.toIntExact(scope.get(valueLength)), scope.get(lastModified), slot)));
            plan.joinsSubrequests();
        }
    }

    /** Where the context of a request's pages stands. */
    private record Slot(int number) {}
}
