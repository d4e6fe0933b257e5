package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition of an {@code if} line, taken apart.
 *
 * @param variable what is tested, without its dollar; null for a test of a file
 * @param operator such as {@code =}, {@code !~*} or {@code -f}; empty for the variable alone
 * @param value    what it is compared with, or the file's path; empty for the variable alone
 */
record ConditionLine(@Nullable String variable, String operator, String value) {

    static ConditionLine parse(Call call) throws ConfigException {
        List<String> words = withoutBrackets(call);
        String first = words.getFirst();
        if (first.length() > 1 && first.startsWith("$")) {
            return ofVariable(first, words, call);
        }
        boolean file = first.startsWith("-") && first.length() == 2 || first.startsWith("!-") && first.length() == 3;
        if (!file || words.size() != 2 || "fdex".indexOf(first.charAt(first.length() - 1)) < 0) {
            throw invalid(first, call);
        }
        return new ConditionLine(null, first, words.get(1));
    }

    private static ConditionLine ofVariable(String first, List<String> words, Call call) throws ConfigException {
        String name = first.substring(1);
        if (words.size() == 1) {
            return new ConditionLine(name, "", "");
        }
        if (words.size() != 3) {
            throw invalid(first, call);
        }
        String operator = words.get(1);
        switch (operator) {
            case "=", "!=", "~", "~*", "!~", "!~*" -> {
            }
            default -> throw call.error("unexpected \"%s\" in condition", operator);
        }
        return new ConditionLine(name, operator, words.get(2));
    }

    /** nginx: the brackets may stand alone, or touch the first and the last word. */
    private static List<String> withoutBrackets(Call call) throws ConfigException {
        List<String> words = new ArrayList<>();
        for (Word word : call.args()) {
            words.add(word.text());
        }
        String first = words.getFirst();
        if (!first.startsWith("(")) {
            throw invalid(first, call);
        }
        words.set(0, first.substring(1));
        String last = words.getLast();
        if (!last.endsWith(")")) {
            throw invalid(last, call);
        }
        words.set(words.size() - 1, last.substring(0, last.length() - 1));
        if (words.size() > 1 && words.getLast().isEmpty()) {
            words.removeLast();
        }
        if (words.size() > 1 && words.getFirst().isEmpty()) {
            words.removeFirst();
        }
        return words;
    }

    private static ConfigException invalid(String word, Call call) {
        return call.error("invalid condition \"%s\"", word);
    }
}
