package io.frontdesk.app.explain;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.app.command.Command;
import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.Exit;
import io.frontdesk.app.command.Ink;
import io.frontdesk.app.command.StartPaths;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.net.ControlPlane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code frontdesk explain}. */
@ControlPlane("the main thread")
public final class ExplainCommand implements Command {
    private final @Nullable Stage stage;
    private final @Nullable CheckedConfiguration known;

    /** Reads the configuration, and makes a stage for the request that it explains. */
    public ExplainCommand() {
        this.stage = null;
        this.known = null;
    }

    /** Explains one request after the other by a configuration that was read, on a stage that the caller closes. */
    public ExplainCommand(Stage stage, CheckedConfiguration known) {
        this.stage = stage;
        this.known = known;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "say what the configuration does with a request, and which lines say so";
    }

    @Override
    public String help() {
        return ExplainLine.HELP;
    }

    @Override
    public int run(List<String> words, Console console) throws UsageException {
        ExplainLine line = ExplainLine.parse(words);
        Paths paths = StartPaths.of(line.prefix(), line.config(), null);
        CheckedConfiguration configuration = known != null ? known : CheckedConfiguration.load(paths, console);
        if (configuration == null) {
            return Exit.CONFIG;
        }
        try {
            if (stage != null) {
                return explain(line, paths, configuration, stage, console);
            }
            try (Stage own = new Stage()) {
                return explain(line, paths, configuration, own, console);
            }
        } catch (ClientEnd.Missing e) {
            console.complain("frontdesk explain: " + e.getMessage());
            return Exit.FOUND;
        }
    }

    private static int explain(ExplainLine line, Paths paths, CheckedConfiguration configuration, Stage stage,
            Console console) throws UsageException, ClientEnd.Missing {
        ClientEnd client = ClientEnd.of(line, configuration.snapshot());
        Stage.Played played = stage.play(configuration.snapshot(), client, line.handshake(), line.head(), false);
        Explanation explanation = Explanation.of(configuration, client, played, line.url().tls());
        if (line.json()) {
            console.printUnicode(ExplanationJson.of(explanation));
        } else {
            String file = paths.configFile();
            console.print(ExplanationText.of(explanation, line, client, Ink.of(console),
                    file.substring(0, file.lastIndexOf('/') + 1)));
        }
        return Exit.OK;
    }
}
