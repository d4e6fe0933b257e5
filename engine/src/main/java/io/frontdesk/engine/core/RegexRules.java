package io.frontdesk.engine.core;

import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.Backtracking;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.plan.Link.Expression;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What lint finds about any regular expression, wherever it stands. */
final class RegexRules extends HttpRules {
    private static final int MOST_SHOWN = 48;

    final LintRule catastrophic = rule("regex-catastrophic", LintLevel.ERROR)
            .doc("""
                    A repeat within a repeat that can share out one text in very many ways, as `(a+)+`: a text that nearly matches makes the engine \
                    try them all. The engine gives up at its limit, so each such request costs it milliseconds, and is answered with 500. What is \
                    reported here was tried: the text that is shown does exceed the limit.""");

    RegexRules() {
        super("core");
    }

    @Override
    public void check(Linting lint) {
        Set<Expression> seen = new HashSet<>();
        for (Expression expression : lint.link().expressions()) {
            if (!seen.add(expression)) {
                continue;
            }
            String attack = Backtracking.attack(expression.text(), expression.caseless());
            if (attack != null) {
                lint.report(catastrophic, word(expression, lint),
                        "the expression " + expression.text() + " backtracks without end",
                        "matching it with \"" + shortened(attack) + "\" (" + attack.length()
                                + " bytes) exceeds the limit: 500",
                        "no repeat within a repeat: [^/]+ up to the next separator, or a possessive (?>...)");
            }
        }
    }

    private static Word word(Expression expression, Linting lint) {
        Statement line = lint.statementAt(expression.at());
        if (line == null) {
            return new Word(expression.text(), false, expression.at());
        }
        List<Word> words = line.args();
        for (Word word : words) {
            if (word.text().contains(expression.text())) {
                return word;
            }
        }
        return line.name();
    }

    private static String shortened(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MOST_SHOWN); i++) {
            char c = text.charAt(i);
            shown.append(
                    c == '\n' ? "\\n" : c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
        return text.length() > MOST_SHOWN ? shown + "..." : shown.toString();
    }
}
