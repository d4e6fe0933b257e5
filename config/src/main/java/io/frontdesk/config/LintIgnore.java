package io.frontdesk.config;

import org.jspecify.annotations.Nullable;

/**
 * A comment {@code # lint:ignore RULE reason}. It holds for its own line where something stands before it, otherwise for the next line that
 * is more than a comment; and if that line begins a statement, for all of it, its block included. A value; any thread.
 *
 * @param rule
 *            the rule's name; empty where there is none
 * @param reason
 *            why; empty where it does not say
 * @param at
 *            where the comment stands
 * @param fromLine
 *            the first line that it holds for
 * @param toLine
 *            the last one
 */
record LintIgnore(String rule, String reason, Position at, int fromLine, int toLine) {

    private static final String MARK = "lint:ignore";

    /** Reads a comment; null if it is of another kind. */
    static @Nullable LintIgnore read(Comment comment, int fromLine, int toLine) {
        String text = comment.text().strip();
        if (!text.startsWith(MARK)) {
            return null;
        }
        String rest = text.substring(MARK.length());
        if (!rest.isEmpty() && !Character.isWhitespace(rest.charAt(0))) {
            return null;
        }
        String[] words = rest.strip().split("\\s+", 2);
        return new LintIgnore(words[0], words.length > 1 ? words[1] : "", comment.at(), fromLine, toLine);
    }

    boolean covers(Finding finding) {
        return finding.rule().name().equals(rule) && finding.at().file().equals(at.file())
                && finding.at().line() >= fromLine && finding.at().line() <= toLine;
    }
}
