package io.frontdesk.app;

import io.frontdesk.app.command.Command;
import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.Exit;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.effective.EffectiveCommand;
import io.frontdesk.app.explain.ExplainCommand;
import io.frontdesk.app.lint.LintCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that may stand first on the command line in place of nginx's options. */
final class SubCommands {
    // @formatter:off: one line each, so that two additions never meet
    private static final List<Command> ALL = List.of(
            new ExplainCommand(),
            new EffectiveCommand(),
            new LintCommand());
    // @formatter:on

    private SubCommands() {}

    /** The command of a word, or null. */
    static @Nullable Command named(String word) {
        for (Command command : ALL) {
            if (command.name().equals(word)) {
                return command;
            }
        }
        return null;
    }

    /** The lines of {@code -h} about them. */
    static String summaries() {
        StringBuilder lines = new StringBuilder();
        for (Command command : ALL) {
            lines.append(String.format("  %-14s: %s%n", command.name(), command.summary()));
        }
        return lines.toString();
    }

    /** Runs a command with the words behind it; the answer is the exit status. */
    static int run(Command command, List<String> words, Console console) {
        if (words.contains("--help") || words.contains("-h") || words.contains("-?")) {
            console.print(command.help());
            return Exit.OK;
        }
        try {
            return command.run(words, console);
        } catch (UsageException e) {
            console.complain("frontdesk " + command.name() + ": " + e.reason());
            console.complain("try: frontdesk " + command.name() + " --help");
            return Exit.USAGE;
        }
    }
}
