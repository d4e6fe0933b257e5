package io.frontdesk.app.effective;

import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.command.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words behind {@code effective}.
 *
 * @param prefix behind {@code -p}
 * @param config behind {@code -c}
 * @param server the name of a server, or null for all
 * @param uri    a path whose location is meant, or null for the server itself
 * @param json   whether the answer is JSON
 * @param defaults whether defaults are shown too
 */
record EffectiveLine(@Nullable String prefix, @Nullable String config, @Nullable String server, @Nullable String uri,
        boolean json, boolean defaults) {
    static final String HELP = """
            Usage: frontdesk effective [-p PREFIX] [-c CONF] [SERVER_NAME [URI]]
                                       [--no-defaults] [--json]

            Shows each directive in force in a server, or in the location that takes a URI: where its line
            stands, which block it is inherited from, what of outer blocks it shadows; and the defaults.

              SERVER_NAME  a name as clients send it in Host; without one, all servers
              URI          a path, whose location is shown in place of the server
              --no-defaults  only what some line says
              --json       the answer as JSON; docs/reference/explain.md has its keys
              -p, -c       prefix and configuration file, as for the server

            Exit status: 0 shown, 1 no server has that name, 2 the configuration is broken,
            64 the command line makes no sense.
            """;

    /** Reads the words. */
    static EffectiveLine parse(List<String> arguments) throws UsageException {
        String prefix = null;
        String config = null;
        boolean json = false;
        boolean defaults = true;
        List<String> plain = new ArrayList<>();
        Words words = new Words(arguments);
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "-p" -> prefix = words.value(word);
                case "-c" -> config = words.value(word);
                case "--json" -> json = true;
                case "--no-defaults" -> defaults = false;
                default -> {
                    if (word.startsWith("-")) {
                        throw new UsageException("unknown option \"" + word + "\"");
                    }
                    plain.add(word);
                }
            }
        }
        if (plain.size() > 2) {
            throw new UsageException("a server's name and a URI are all that can be given");
        }
        String server = plain.isEmpty() ? null : plain.getFirst();
        String uri = plain.size() < 2 ? null : plain.get(1);
        check(server, uri);
        return new EffectiveLine(prefix, config, server, uri, json, defaults);
    }

    private static void check(@Nullable String server, @Nullable String uri) throws UsageException {
        if (server != null && (server.isEmpty() || server.chars().anyMatch(c -> c <= ' ' || c == '/'))) {
            throw new UsageException("\"" + server + "\" is no name of a server");
        }
        if (uri != null && (!uri.startsWith("/") || uri.chars().anyMatch(c -> c <= ' '))) {
            throw new UsageException("\"" + uri + "\" is no path");
        }
    }
}
