package io.frontdesk.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What {@code lint} says of a configuration: findings in the order of the files, and those that a comment hides. Immutable; any thread.
 *
 * @param findings
 *            what is to be shown
 * @param ignored
 *            what a {@code lint:ignore} hides, with its reason
 */
public record LintReport(List<Finding> findings, List<Ignored> ignored) {

    /** A finding that a comment hides. */
    public record Ignored(Finding finding, String reason) {}

    public LintReport {
        findings = List.copyOf(findings);
        ignored = List.copyOf(ignored);
    }

    /**
     * Sorts findings, takes out doubles (a file that is included twice) and those that comments hide, and adds what is wrong with the
     * comments.
     *
     * @param found
     *            what the rules found
     * @param text
     *            the configuration with its comments
     * @param rules
     *            all rules that there are, those of {@link #ownRules} aside
     */
    public static LintReport of(List<Finding> found, ConfigText text, List<LintRule> rules) {
        var own = new LintIgnores.Rules();
        var ignores = new LintIgnores(text, own);
        var known = new TreeSet<String>();
        rules.forEach(rule -> known.add(rule.name()));
        own.rules().forEach(rule -> known.add(rule.name()));
        List<Finding> shown = new ArrayList<>();
        List<Ignored> hidden = new ArrayList<>();
        for (Finding finding : new LinkedHashSet<>(found)) {
            LintIgnore ignore = ignores.hiding(finding);
            if (ignore == null) {
                shown.add(finding);
            } else {
                hidden.add(new Ignored(finding, ignore.reason()));
            }
        }
        shown.addAll(ignores.findings(known));
        Map<String, Integer> order = new HashMap<>();
        text.sources().forEach(source -> order.put(source.file(), order.size()));
        Comparator<Finding> byPlace = Comparator.<Finding>comparingInt(f -> order.getOrDefault(f.at().file(), -1))
                .thenComparingInt(f -> f.at().line()).thenComparingInt(f -> f.at().column())
                .thenComparing(f -> f.rule().level()).thenComparing(f -> f.rule().name());
        shown.sort(byPlace);
        hidden.sort(Comparator.comparing(Ignored::finding, byPlace));
        return new LintReport(shown, hidden);
    }

    /** The rules about {@code lint:ignore} comments themselves. */
    public static List<LintRule> ownRules() {
        return new LintIgnores.Rules().rules();
    }

    /** Whether there is a finding of level error. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.rule().level() == LintLevel.ERROR);
    }
}
