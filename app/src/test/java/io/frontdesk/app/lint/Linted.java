package io.frontdesk.app.lint;

import io.frontdesk.app.Modules;
import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.app.command.Ink;
import io.frontdesk.app.command.StartPaths;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Finding;
import io.frontdesk.config.LintReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A configuration in a folder, and what lint says of it. */
final class Linted {
    private final Path folder;
    private final CheckedConfiguration configuration;
    private final LintReport report;

    private Linted(Path folder, CheckedConfiguration configuration) {
        this.folder = folder;
        this.configuration = configuration;
        this.report = Linter.lint(configuration);
    }

    /** Lints {@code nginx.conf} in a folder. */
    static Linted folder(Path folder) {
        try {
            return new Linted(folder, CheckedConfiguration.load(StartPaths.of(folder.toString(), "nginx.conf", null)));
        } catch (ConfigException e) {
            throw new AssertionError(e.diagnostic().toString(), e);
        }
    }

    /** Lints a text, written to a folder. */
    static Linted text(Path folder, String text) {
        try {
            Files.writeString(folder.resolve("nginx.conf"), text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder(folder);
    }

    LintReport report() {
        return report;
    }

    List<Finding> findings() {
        return report.findings();
    }

    /** The names of the rules that find something, in order. */
    List<String> rules() {
        return report.findings().stream().map(finding -> finding.rule().name()).toList();
    }

    /** The same without all that is not about one rule. */
    LintReport only(String rule) {
        return new LintReport(report.findings().stream().filter(f -> f.rule().name().equals(rule)).toList(),
                report.ignored().stream().filter(i -> i.finding().rule().name().equals(rule)).toList());
    }

    String shown(LintReport part) {
        String text = new TextReport(new SourceLines(configuration.text().sources()), Ink.NONE, folder + "/").of(part);
        return text.replace(folder + "/", "");
    }

    String shown() {
        return shown(report);
    }

    String json() {
        return new JsonReport(new SourceLines(configuration.text().sources())).of(report);
    }

    String sarif() {
        return new SarifReport(new SourceLines(configuration.text().sources()), Linter.rules(new Modules()),
                "/elsewhere/")
                .of(report);
    }
}
