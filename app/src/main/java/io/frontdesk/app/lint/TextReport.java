package io.frontdesk.app.lint;

import io.frontdesk.app.command.Ink;
import io.frontdesk.config.Finding;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintReport;
import java.util.ArrayList;
import java.util.List;

/** A report for people: each finding with its line and a caret, what happens, what to write instead. One thread. */
final class TextReport {
    private final SourceLines lines;
    private final Ink ink;
    private final String folder;

    /** {@code folder} is the current one: names of files below it are shown without it. */
    TextReport(SourceLines lines, Ink ink, String folder) {
        this.lines = lines;
        this.ink = ink;
        this.folder = folder;
    }

    String of(LintReport report) {
        StringBuilder text = new StringBuilder();
        report.findings().forEach(finding -> append(finding, text));
        return text.append(sum(report)).append('\n').toString();
    }

    private void append(Finding finding, StringBuilder text) {
        String file = finding.at().file();
        String place = (file.startsWith(folder) ? file.substring(folder.length()) : file) + ":" + finding.at().line()
                + ":" + finding.at().column();
        String level = finding.rule().level().label();
        text.append(ink.strong(place + ":")).append(' ')
                .append(finding.rule().level() == LintLevel.NOTE ? ink.name(level + ":") : ink.bad(level + ":"))
                .append(' ').append(finding.message()).append(' ').append(ink.dim("[" + finding.rule().name() + "]"))
                .append('\n');
        String line = lines.line(finding.at());
        String number = String.format("%5d | ", finding.at().line());
        text.append(ink.dim(number)).append(line).append('\n').append(ink.dim("      | "));
        // tabs stay, so that the caret stands under its word
        for (int i = 0; i < finding.at().column() - 1 && i < line.length(); i++) {
            text.append(line.charAt(i) == '\t' ? '\t' : ' ');
        }
        text.append(ink.good("^" + "~".repeat(lines.length(finding) - 1))).append('\n');
        text.append("  what happens: ").append(finding.happens()).append('\n');
        text.append("  instead: ").append(finding.instead()).append("\n\n");
    }

    private static String sum(LintReport report) {
        List<String> parts = new ArrayList<>();
        for (LintLevel level : LintLevel.values()) {
            long count = report.findings().stream().filter(finding -> finding.rule().level() == level).count();
            if (count > 0) {
                parts.add(count + " " + level.label() + (count > 1 ? "s" : ""));
            }
        }
        String ignored = report.ignored().isEmpty() ? "" : " (" + report.ignored().size() + " ignored)";
        return (parts.isEmpty() ? "no findings" : String.join(", ", parts)) + ignored;
    }
}
