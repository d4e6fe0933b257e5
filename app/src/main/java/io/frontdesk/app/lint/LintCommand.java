package io.frontdesk.app.lint;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.app.command.Command;
import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.Exit;
import io.frontdesk.app.command.Ink;
import io.frontdesk.app.command.StartPaths;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.command.Words;
import io.frontdesk.config.FileNames;
import io.frontdesk.config.LintReport;
import io.frontdesk.net.ControlPlane;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code frontdesk lint}: what a configuration does that was hardly meant. Main thread; opens no socket. */
@ControlPlane("the main thread; reads files")
public final class LintCommand implements Command {
    private static final String HELP = """
            Usage: frontdesk lint [-p prefix] [-c filename] [--json | --sarif]

            Says what in a configuration does hardly what was meant: where it stands, what
            happens, what to write instead. All rules: docs/reference/lint.md

              -p prefix   : the folder that names are relative to
              -c filename : the configuration file
              --json      : findings as JSON
              --sarif     : findings as SARIF 2.1.0, for code hosts and editors

            A finding that is meant is silenced by a comment in its line, or in the line before:
              # lint:ignore RULE reason

            Exit status: 0 no findings of level error, 1 there are some, 2 the configuration
            is broken, 64 the command line is.
            """;

    private enum Form {
        TEXT, JSON, SARIF
    }

    @Override
    public String name() {
        return "lint";
    }

    @Override
    public String summary() {
        return "say what in a configuration was hardly meant";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> words, Console console) throws UsageException {
        Words left = new Words(words);
        @Nullable
        String prefix = null;
        @Nullable
        String configFile = null;
        Form form = Form.TEXT;
        while (left.hasNext()) {
            String word = left.next();
            switch (word) {
                case "-p" -> prefix = left.value(word);
                case "-c" -> configFile = left.value(word);
                case "--json" -> form = Form.JSON;
                case "--sarif" -> form = Form.SARIF;
                default -> throw new UsageException(word.startsWith("-")
                        ? "unknown option \"" + word + "\""
                        : "options are all that can be given; what is \"" + word + "\"?");
            }
        }
        CheckedConfiguration configuration = CheckedConfiguration.load(StartPaths.of(prefix, configFile, null),
                console);
        if (configuration == null) {
            return Exit.CONFIG;
        }
        LintReport report = Linter.lint(configuration);
        SourceLines lines = new SourceLines(configuration.text().sources());
        String folder = FileNames.toName(Path.of("").toAbsolutePath()) + "/";
        switch (form) {
            case TEXT -> console.print(new TextReport(lines, Ink.of(console), folder).of(report));
            case JSON -> console.printUnicode(new JsonReport(lines).of(report));
            case SARIF ->
                console.printUnicode(new SarifReport(lines, Linter.rules(configuration.modules()), folder).of(report));
        }
        return report.hasErrors() ? Exit.FOUND : Exit.OK;
    }
}
