package io.frontdesk.app.effective;

import io.frontdesk.app.command.Json;
import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.LocationPlan;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON form, whose keys docs/reference/explain.md lists. Stateless. */
final class EffectiveJson {
    private EffectiveJson() {}

    static String of(List<Block> blocks) {
        Json json = new Json().object().array("blocks");
        for (Block block : blocks) {
            json.object();
            at(json.object("server").put("name", block.server().name()), block.server().at()).endObject();
            LocationPlan location = block.location();
            if (location == null) {
                json.put("location", null);
            } else {
                at(json.object("location").put("pattern", location.pattern().toString()), location.at()).endObject();
            }
            json.array("directives");
            block.lines().forEach(line -> line(json, line));
            json.endArray().endObject();
        }
        return json.endArray().endObject().toString();
    }

    private static void line(Json json, InForce line) {
        at(json.object().put("name", line.name()).put("value", line.value()), line.at());
        json.put("origin", line.origin().name().toLowerCase(Locale.ROOT));
        if (line.from().isEmpty()) {
            json.put("from", null);
        } else {
            at(json.object("from").put("block", line.from()), line.fromAt()).endObject();
        }
        json.array("shadowed");
        for (InForce.Shadowed shadowed : line.shadowed()) {
            at(json.object().put("value", shadowed.value()), shadowed.at()).endObject();
        }
        json.endArray().endObject();
    }

    private static Json at(Json json, @Nullable Position at) {
        return json.put("at", at == null ? null : at.toString());
    }
}
