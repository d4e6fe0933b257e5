package io.frontdesk.app.explain;

import io.frontdesk.app.command.Json;
import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form, whose keys docs/reference/explain.md lists. Stateless. */
final class ExplanationJson {
    private ExplanationJson() {}

    static String of(Explanation e) {
        Json json = new Json().object();
        json.put("listen", e.listen());
        json.object("server").put("name", e.server()).put("rule", e.serverRule());
        at(json, e.serverAt()).endObject();
        json.put("uri", e.uri());
        steps(json, e.steps());
        json.array("locations");
        for (Trace.Candidate candidate : e.locations()) {
            at(json.object().put("pattern", candidate.pattern()), candidate.at()).put("verdict", candidate.verdict())
                    .endObject();
        }
        json.endArray();
        location(json, e.location());
        at(json.object("handler").put("kind", e.handler()), e.handlerAt()).endObject();
        upstream(json, e.upstream());
        json.array("subrequests");
        e.inside().forEach(one -> inside(json, one));
        json.endArray();
        json.object("response");
        if (e.status() != 0) {
            json.put("status", e.status());
        }
        headers(json, e.headers());
        return json.endObject().endObject().toString();
    }

    private static void steps(Json json, List<Trace.Step> steps) {
        json.array("steps");
        for (Trace.Step step : steps) {
            at(json.object().put("kind", step.kind()), step.at()).put("text", step.text()).endObject();
        }
        json.endArray();
    }

    private static void location(Json json, @Nullable LocationPlan location) {
        if (location == null) {
            json.put("location", null);
        } else {
            at(json.object("location").put("pattern", location.pattern().toString()), location.at()).endObject();
        }
    }

    private static void inside(Json json, Explanation.Inside one) {
        json.object().put("uri", one.uri());
        steps(json, one.steps());
        location(json, one.location());
        at(json.object("handler").put("kind", one.handler()), one.handlerAt()).endObject();
        upstream(json, one.upstream());
        if (one.status() != 0) {
            json.put("status", one.status());
        }
        json.endObject();
    }

    private static void upstream(Json json, Explanation.@Nullable Asked asked) {
        if (asked == null) {
            json.put("upstream", null);
            return;
        }
        at(json.object("upstream").put("name", asked.name()), asked.at()).array("servers");
        asked.servers().forEach(json::value);
        json.endArray().object("request").put("line", asked.line());
        headers(json, asked.headers());
        json.endObject().endObject();
    }

    private static void headers(Json json, List<Explanation.Field> fields) {
        json.array("headers");
        for (Explanation.Field field : fields) {
            at(json.object().put("name", field.name()).put("value", field.value()), field.at()).endObject();
        }
        json.endArray();
    }

    private static Json at(Json json, @Nullable Position at) {
        return json.put("at", at == null ? null : at.toString());
    }
}
