package io.frontdesk.app.lint;

import io.frontdesk.app.Modules;
import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.config.Finding;
import io.frontdesk.config.LintReport;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.plan.HttpModule;
import java.util.ArrayList;
import java.util.List;

/** Runs the rules of all modules over a configuration. Stateless; control plane. */
public final class Linter {
    private Linter() {}

    /** What the rules find. */
    public static LintReport lint(CheckedConfiguration configuration) {
        List<Finding> found = new ArrayList<>();
        Modules modules = configuration.modules();
        for (Scope http : configuration.main().blocks(modules.core().http)) {
            Linting lint = new Linting(modules.core(), http, configuration.snapshot(), configuration.link());
            for (HttpModule module : modules.http()) {
                for (HttpRules walk : module.walks()) {
                    walk.check(lint);
                }
            }
            found.addAll(lint.findings());
        }
        return LintReport.of(found, configuration.text(), rules(modules));
    }

    /** All rules that there are. */
    public static List<LintRule> rules(Modules modules) {
        List<LintRule> rules = new ArrayList<>(LintReport.ownRules());
        for (Module module : modules.all()) {
            rules.addAll(module.rules());
        }
        return rules;
    }
}
