package io.frontdesk.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * All {@code lint:ignore} comments of a configuration, with the rules about them. Used once, by one thread.
 */
final class LintIgnores {

    /** Rules about the comments themselves. */
    static final class Rules extends Module {

        final LintRule malformed = rule("ignore-malformed", LintLevel.WARNING)
                .doc("""
                        A `# lint:ignore RULE reason` that names no rule, one that there is not, or no reason: it is not obeyed.""");
        final LintRule unused = rule("ignore-unused", LintLevel.NOTE)
                .doc("""
                        A `# lint:ignore` for something that is no longer there: it would hide the next mistake of that kind.""");

        Rules() {
            super("lint");
        }
    }

    private final Rules rules;
    private final Map<String, List<LintIgnore>> byFile = new HashMap<>();
    private final List<LintIgnore> all = new ArrayList<>();
    private final Set<LintIgnore> used = new LinkedHashSet<>();

    LintIgnores(ConfigText text, Rules rules) {
        this.rules = rules;
        Map<String, Map<Integer, Integer>> ends = new HashMap<>();
        text.statements().forEach(statement -> ends(statement, ends));
        for (Source source : text.sources()) {
            read(source, ends.getOrDefault(source.file(), Map.of()));
        }
    }

    /** Where a statement that begins in a line ends, at the latest. */
    private static void ends(Statement statement, Map<String, Map<Integer, Integer>> ends) {
        Position end = statement.end() == null ? statement.at() : statement.end();
        Position start = statement.start();
        if (end.file().equals(start.file())) {
            ends.computeIfAbsent(start.file(), file -> new HashMap<>()).merge(start.line(), end.line(), Math::max);
        }
        List<Statement> children = statement.children();
        if (children != null) {
            children.forEach(child -> ends(child, ends));
        }
    }

    private void read(Source source, Map<Integer, Integer> ends) {
        String[] lines = null;
        for (Comment comment : source.comments()) {
            if (!comment.text().strip().startsWith("lint:")) {
                continue;
            }
            if (lines == null) {
                lines = source.text().split("\n", -1);
            }
            int line = comment.at().line();
            if (lines[line - 1].substring(0, comment.at().column() - 1).isBlank()) {
                line = nextCode(lines, line);
            }
            LintIgnore ignore = LintIgnore.read(comment, line, ends.getOrDefault(line, line));
            if (ignore != null) {
                all.add(ignore);
                byFile.computeIfAbsent(source.file(), file -> new ArrayList<>()).add(ignore);
            }
        }
    }

    /** The next line that is neither blank nor a comment alone: so ignores of several rules can stand above each other. */
    private static int nextCode(String[] lines, int line) {
        int next = line;
        while (next < lines.length && (lines[next].isBlank() || lines[next].strip().startsWith("#"))) {
            next++;
        }
        return next + 1;
    }

    /** The comment that hides a finding, or null. */
    @Nullable
    LintIgnore hiding(Finding finding) {
        for (LintIgnore ignore : byFile.getOrDefault(finding.at().file(), List.of())) {
            if (!ignore.reason().isEmpty() && ignore.covers(finding)) {
                used.add(ignore);
                return ignore;
            }
        }
        return null;
    }

    /** What is wrong with the comments, when all findings have been asked about. */
    List<Finding> findings(Set<String> known) {
        List<Finding> found = new ArrayList<>();
        for (LintIgnore ignore : all) {
            if (ignore.rule().isEmpty() || !known.contains(ignore.rule()) || ignore.reason().isEmpty()) {
                found.add(malformed(ignore, known));
            } else if (!used.contains(ignore)) {
                found.add(new Finding(rules.unused, ignore.at(), 1,
                        "nothing to ignore: \"" + ignore.rule() + "\" finds nothing here",
                        "the comment would hide the next mistake of this kind", "remove the comment"));
            }
        }
        return found;
    }

    private Finding malformed(LintIgnore ignore, Set<String> known) {
        String message = ignore.rule().isEmpty()
                ? "\"lint:ignore\" without a rule"
                : !known.contains(ignore.rule())
                        ? "\"lint:ignore\" of \"" + ignore.rule() + "\", and there is no such rule"
                        : "\"lint:ignore " + ignore.rule() + "\" without a reason";
        return new Finding(rules.malformed, ignore.at(), 1, message, "the comment is not obeyed",
                "# lint:ignore " + (known.contains(ignore.rule()) ? ignore.rule() : "RULE") + " why this is meant");
    }
}
