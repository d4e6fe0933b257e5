package io.frontdesk.app.lint;

import io.frontdesk.app.command.Json;
import io.frontdesk.config.Finding;
import io.frontdesk.config.LintReport;

/** A report for programs, with stable keys: docs/reference/lint.md. One thread. */
final class JsonReport {
    private final SourceLines lines;

    JsonReport(SourceLines lines) {
        this.lines = lines;
    }

    String of(LintReport report) {
        Json json = new Json().object().array("findings");
        report.findings().forEach(finding -> members(finding, json.object()).endObject());
        json.endArray().array("ignored");
        report.ignored().forEach(ignored -> members(ignored.finding(), json.object()).put("reason", ignored.reason())
                .endObject());
        return json.endArray().endObject().toString();
    }

    private Json members(Finding finding, Json json) {
        return json.put("rule", finding.rule().name()).put("level", finding.rule().level().label())
                .put("file", finding.at().file()).put("line", finding.at().line())
                .put("column", lines.column(finding)).put("endColumn", lines.endColumn(finding))
                .put("source", lines.line(finding.at())).put("message", finding.message())
                .put("happens", finding.happens()).put("instead", finding.instead());
    }
}
