package io.frontdesk.app.lint;

import io.frontdesk.app.command.Json;
import io.frontdesk.config.Finding;
import io.frontdesk.config.LintReport;
import io.frontdesk.config.LintRule;
import io.frontdesk.engine.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report in SARIF 2.1.0 (OASIS), with what comments hide as suppressed results. One thread. */
final class SarifReport {
    private static final String SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
            + "sarif-schema-2.1.0.json";
    private static final String UNRESERVED = "-._~/!$&'()*+,;=:@";

    private final SourceLines lines;
    private final List<LintRule> rules;
    private final String folder;

    SarifReport(SourceLines lines, List<LintRule> rules, String folder) {
        this.lines = lines;
        this.folder = folder;
        this.rules = new ArrayList<>(rules);
        this.rules.sort(Comparator.comparing(LintRule::name));
    }

    String of(LintReport report) {
        Json json = new Json().object().put("$schema", SCHEMA).put("version", "2.1.0").array("runs").object();
        tool(json);
        json.put("columnKind", "utf16CodeUnits").array("results");
        report.findings().forEach(finding -> result(finding, null, json));
        report.ignored().forEach(ignored -> result(ignored.finding(), ignored.reason(), json));
        return json.endArray().endObject().endArray().endObject().toString();
    }

    private void tool(Json json) {
        json.object("tool").object("driver").put("name", "frontdesk lint").put("version", Identity.VERSION)
                .array("rules");
        for (LintRule rule : rules) {
            json.object().put("id", rule.name());
            json.object("fullDescription").put("text", plain(rule.doc())).endObject();
            json.object("help").put("text", plain(rule.doc())).put("markdown", rule.doc()).endObject();
            json.object("defaultConfiguration").put("level", rule.level().label()).endObject();
            json.endObject();
        }
        json.endArray().endObject().endObject();
    }

    private void result(Finding finding, @Nullable String reason, Json json) {
        json.object().put("ruleId", finding.rule().name()).put("ruleIndex", index(finding.rule()))
                .put("level", finding.rule().level().label());
        json.object("message")
                .put("text", finding.message() + ". What happens: " + finding.happens() + ". Instead: "
                        + finding.instead())
                .endObject();
        json.array("locations").object().object("physicalLocation");
        json.object("artifactLocation").put("uri", uri(finding.at().file())).endObject();
        json.object("region").put("startLine", finding.at().line()).put("startColumn", lines.column(finding))
                .put("endColumn", lines.endColumn(finding)).object("snippet")
                .put("text", lines.line(finding.at())).endObject().endObject();
        json.endObject().endObject().endArray();
        if (reason != null) {
            json.array("suppressions").object().put("kind", "inSource").put("justification", reason).endObject()
                    .endArray();
        }
        json.endObject();
    }

    private int index(LintRule rule) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).name().equals(rule.name())) {
                return i;
            }
        }
        throw new IllegalStateException("a rule that nobody declared: " + rule);
    }

    /** RFC 3986: a file below the current folder relative to it, as code hosts want it. */
    private String uri(String file) {
        StringBuilder uri = new StringBuilder(file.startsWith(folder) ? "" : "file://");
        String path = file.startsWith(folder) ? file.substring(folder.length()) : file;
        for (byte octet : path.getBytes(StandardCharsets.ISO_8859_1)) {
            char c = (char) (octet & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || UNRESERVED.indexOf(c) >= 0;
            uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return uri.toString();
    }

    private static String plain(String markdown) {
        return markdown.replace("`", "").replace('\n', ' ');
    }
}
