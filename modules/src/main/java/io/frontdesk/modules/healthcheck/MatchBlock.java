package io.frontdesk.modules.healthcheck;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.modules.healthcheck.Condition.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A {@code match} block. A value.
 *
 * @param name  that {@code health_check} lines name
 * @param lines its conditions as written, known to be well formed
 */
record MatchBlock(String name, List<Statement> lines) {
    static MatchBlock parse(Call call) throws ConfigException {
        for (Statement line : call.children()) {
            check(call, line);
        }
        return new MatchBlock(call.text(0), call.children());
    }

    private static void check(Call call, Statement line) throws ConfigException {
        int words = line.args().size();
        boolean isRight = switch (line.name().text()) {
            case "status" -> words > (isNot(line) ? 1 : 0) && ranges(line) != null;
            case "header" ->
                isNot(line) ? words == 2 : words == 1 || words == 3 && isOperator(line.args().get(1), true);
            case "body" -> words == 2 && isOperator(line.args().getFirst(), false);
            case "require" -> words > 0;
            default -> throw call.errorAt(line, "unknown directive \"%s\"", line.name().text());
        };
        if (!isRight) {
            throw call.errorAt(line, "invalid \"%s\" in match \"%s\"", line.name().text(), call.text(0));
        }
    }

    private static boolean isNot(Statement line) {
        return !line.args().isEmpty() && line.args().getFirst().is("!");
    }

    private static boolean isOperator(Word word, boolean alsoEquals) {
        return switch (word.text()) {
            case "~", "!~", "~*", "!~*" -> true;
            case "=", "!=" -> alsoEquals;
            default -> false;
        };
    }

    /** The ranges of a {@code status} line, or null when one is none. */
    @org.jspecify.annotations.Nullable
    private static List<Range> ranges(Statement line) {
        List<Range> ranges = new ArrayList<>();
        for (Word word : line.args().subList(isNot(line) ? 1 : 0, line.args().size())) {
            int dash = word.text().indexOf('-');
            OptionalLong from = Numbers.parse(dash < 0 ? word.text() : word.text().substring(0, dash));
            OptionalLong to = dash < 0 ? from : Numbers.parse(word.text().substring(dash + 1));
            if (from.isEmpty() || to.isEmpty() || from.getAsLong() > to.getAsLong() || to.getAsLong() > 999) {
                return null;
            }
            ranges.add(new Range((int) from.getAsLong(), (int) to.getAsLong()));
        }
        return ranges;
    }

    /** The conditions, all of which must hold. */
    List<Condition> conditions(Link link) throws ConfigException {
        List<Condition> all = new ArrayList<>();
        for (Statement line : lines) {
            all.add(condition(line, link));
        }
        return all;
    }

    private static Condition condition(Statement line, Link link) throws ConfigException {
        List<Word> words = line.args();
        switch (line.name().text()) {
            case "status" -> {
                List<Range> ranges = ranges(line);
                return new Condition.Status(ranges == null ? List.of() : ranges, isNot(line));
            }
            case "header" -> {
                return header(words, link);
            }
            case "body" -> {
                String operator = words.getFirst().text();
                return new Condition.Body(
                        link.pattern(words.get(1).text(), operator.endsWith("*"), words.get(1).at()),
                        operator.startsWith("!"));
            }
            default -> {
                List<Template> values = new ArrayList<>();
                for (Word word : words) {
                    values.add(link.template(word));
                }
                return new Condition.Require(values);
            }
        }
    }

    private static Condition header(List<Word> words, Link link) throws ConfigException {
        if (words.size() < 3) {
            return new Condition.Header(words.getLast().text(), null, null, words.size() == 2);
        }
        String operator = words.get(1).text();
        boolean negated = operator.startsWith("!");
        Word value = words.get(2);
        return operator.endsWith("=")
                ? new Condition.Header(words.getFirst().text(), value.text(), null, negated)
                : new Condition.Header(words.getFirst().text(), null,
                        link.pattern(value.text(), operator.endsWith("*"), value.at()), negated);
    }
}
