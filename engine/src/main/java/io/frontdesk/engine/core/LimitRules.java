package io.frontdesk.engine.core;

import io.frontdesk.config.Context;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.core.CoreSettings.ServerTokens;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;

/** What lint finds about limits and about what a server says of itself. */
final class LimitRules extends HttpRules {
    private static final long GIGABYTE = 1L << 30;

    final LintRule bodySize = rule("body-size-huge", LintLevel.WARNING)
            .doc("""
                    A `client_max_body_size` of 1g and more for a whole server or all of them, of 10g and more in a location, or none at all: \
                    anybody may fill the disk that request bodies are buffered on. Raise it in the locations that take uploads.""");
    final LintRule tokens = rule("server-tokens-shown", LintLevel.WARNING)
            .doc("""
                    `server_tokens on` or `build` shows the version in each response, to those who look for a known flaw too.""");

    private final CoreModule core;

    LimitRules(CoreModule core) {
        super("core");
        this.core = core;
    }

    @Override
    public void check(Linting lint) {
        for (Scope scope : lint.scopes()) {
            scope.own(core.clientMaxBodySize).forEach(line -> bodySize(scope, line, lint));
            scope.own(core.serverTokens).stream().filter(line -> line.value() != ServerTokens.OFF)
                    .forEach(line -> lint.report(tokens, line, "the version is shown to everybody",
                            "each response says \"Server: " + Identity.server(line.value()) + "\"",
                            "server_tokens off;"));
        }
    }

    private void bodySize(Scope scope, Setting<Long> line, Linting lint) {
        long bytes = line.value();
        boolean wide = scope.context() == Context.HTTP || scope.context() == Context.SERVER;
        long most = wide ? GIGABYTE : 10 * GIGABYTE;
        if (bytes != 0 && bytes < most) {
            return;
        }
        String limit = bytes == 0 ? "of any size" : "of " + line.at().args().getFirst().text();
        lint.report(bodySize, line, bytes == 0 ? "request bodies have no limit" : "request bodies may be huge",
                "a client may send a body " + limit + (wide ? " to every location of this block" : "")
                        + ", which is written to disk as it comes",
                wide
                        ? "a small limit here, and a larger one in the locations that take uploads"
                        : "the size of the largest upload that is meant");
    }
}
