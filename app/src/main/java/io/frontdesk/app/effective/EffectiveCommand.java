package io.frontdesk.app.effective;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.app.command.Command;
import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.Exit;
import io.frontdesk.app.command.Ink;
import io.frontdesk.app.command.StartPaths;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.explain.Locator;
import io.frontdesk.app.explain.Stage;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.net.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code frontdesk effective}. */
@ControlPlane("the main thread")
public final class EffectiveCommand implements Command {
    @Override
    public String name() {
        return "effective";
    }

    @Override
    public String summary() {
        return "show what holds in a server or location, and where it comes from";
    }

    @Override
    public String help() {
        return EffectiveLine.HELP;
    }

    @Override
    public int run(List<String> words, Console console) throws UsageException {
        EffectiveLine line = EffectiveLine.parse(words);
        Paths paths = StartPaths.of(line.prefix(), line.config(), null);
        CheckedConfiguration configuration = CheckedConfiguration.load(paths, console);
        if (configuration == null) {
            return Exit.CONFIG;
        }
        List<Block> blocks = blocks(line, configuration);
        if (blocks.isEmpty()) {
            console.complain("frontdesk effective: " + (line.server() == null
                    ? "the configuration has no http server"
                    : "no server has the name " + line.server()));
            return Exit.FOUND;
        }
        if (line.json()) {
            console.printUnicode(EffectiveJson.of(blocks));
        } else {
            String file = paths.configFile();
            console.print(EffectiveText.of(blocks, Ink.of(console), file.substring(0, file.lastIndexOf('/') + 1)));
        }
        return Exit.OK;
    }

    private static List<Block> blocks(EffectiveLine line, CheckedConfiguration configuration) {
        List<Block> blocks = new ArrayList<>();
        String name = line.server();
        if (name == null) {
            for (ServerPlan server : configuration.snapshot().servers()) {
                add(line, configuration, server, null, blocks);
            }
            return blocks;
        }
        try (Stage stage = new Stage()) {
            String uri = line.uri();
            Locator.Found found = new Locator(configuration, stage).find(name, uri == null ? "/" : uri);
            if (found != null) {
                add(line, configuration, found.server(), uri == null ? null : found.location(), blocks);
            }
        }
        return blocks;
    }

    private static void add(EffectiveLine line, CheckedConfiguration configuration, ServerPlan server,
            @Nullable LocationPlan location, List<Block> into) {
        Scope scope = configuration.link().scopeOf(location == null ? server.root() : location);
        if (scope != null) {
            List<InForce> lines = InForce.in(scope, configuration.modules().all());
            into.add(new Block(server, location, line.defaults()
                    ? lines
                    : lines.stream().filter(one -> one.origin() != InForce.Origin.DEFAULT).toList()));
        }
    }
}
