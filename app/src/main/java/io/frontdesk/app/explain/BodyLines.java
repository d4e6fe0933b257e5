package io.frontdesk.app.explain;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.config.Position;
import io.frontdesk.engine.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines that may change the body of an answer, or how fast it goes out: a made-up answer has none to show them by. Stateless. */
final class BodyLines {
    private static final Map<String, String> EFFECTS = Map.ofEntries(
            Map.entry("gzip", "compresses answers of the types in gzip_types, for clients that accept it"),
            Map.entry("gunzip", "decompresses answers for clients that do not accept gzip"),
            Map.entry("gzip_static", "looks for a compressed file beside the file"),
            Map.entry("sub_filter", "replaces text in the body"),
            Map.entry("ssi", "carries out the commands in the page"),
            Map.entry("charset", "names the charset of text, and changes it where charset_map has a way"),
            Map.entry("add_before_body", "puts another answer before the body"),
            Map.entry("add_after_body", "puts another answer behind the body"),
            Map.entry("limit_rate", "limits how fast the body goes out"),
            Map.entry("image_filter", "changes the image"));

    private BodyLines() {}

    /** One step for each that is in force, when the answer is not one of our own error pages. */
    static List<Trace.Step> of(CheckedConfiguration configuration, Trace trace) {
        List<Trace.Step> steps = new ArrayList<>();
        if (trace.handler().isEmpty() || trace.status() >= 300) {
            return steps;
        }
        for (String name : EFFECTS.keySet().stream().sorted().toList()) {
            HiddenLines.InForce line = HiddenLines.inForce(configuration, trace, name);
            if (line != null && !line.isOff()) {
                steps.add(step(name, line.at()));
            }
        }
        return steps;
    }

    private static Trace.Step step(String name, Position at) {
        return new Trace.Step(name, at, String.valueOf(EFFECTS.get(name)));
    }
}
