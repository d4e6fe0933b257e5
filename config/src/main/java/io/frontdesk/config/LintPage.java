package io.frontdesk.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The manual's page of lint rules, made from their declarations: by module, in each by name. */
public final class LintPage {

    private final List<LintRule> rules;

    /** A page about the rules of these modules, and those about ignore comments. */
    public LintPage(List<? extends Module> modules) {
        rules = new ArrayList<>(LintReport.ownRules());
        modules.forEach(module -> rules.addAll(module.rules()));
        rules.sort(Comparator.comparing(LintRule::module).thenComparing(LintRule::name));
    }

    /** The page in Markdown, the same for the same declarations. */
    public String markdown() {
        var page = new StringBuilder(
                """
                        # Lint

                        <!-- Generated from the declarations: change the text there. -->

                        `frontdesk lint [-p PREFIX] [-c CONF] [--json | --sarif]` reads a configuration as `-t` does and says what in it \
                        hardly does what was meant: what happens, and what to write instead. It exits with 0 when there is no error among the \
                        findings, with 1 when there is, with 2 when the configuration is broken, and with 64 when the command line is.

                        A finding that is meant is silenced where it stands, with the reason:

                        ```
                        proxy_pass http://legacy;  # lint:ignore proxy-host-missing the old application knows one host only
                        ```

                        The comment holds for its own line; alone on a line, for the next one. If a block begins there, it holds for the block. \
                        Without a reason, or for a rule that there is not, it is itself a finding.

                        `--json` prints an object with `findings` and `ignored`: lists of objects with `rule`, `level` (`error`, `warning`, `note`), `file`, \
                        `line`, `column`, `endColumn` (characters, from 1), `source` (the line), `message`, `happens` and `instead`; an ignored one \
                        has its `reason` too. `--sarif` prints SARIF 2.1.0, in which ignored ones are suppressed results.

                        | rule | level | about |
                        |---|---|---|
                        """);
        for (LintRule rule : rules) {
            page.append("| [").append(rule.name()).append("](#").append(rule.name()).append(") | ")
                    .append(rule.level().label()).append(" | ").append(rule.module()).append(" |\n");
        }
        for (LintRule rule : rules) {
            page.append("\n## ").append(rule.name()).append("\n\n").append(rule.doc()).append('\n');
        }
        return page.toString();
    }
}
