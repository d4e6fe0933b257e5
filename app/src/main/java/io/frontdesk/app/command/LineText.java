package io.frontdesk.app.command;

import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import java.util.List;

/** Lines of a configuration as one would write them. Stateless. */
public final class LineText {
    private LineText() {}

    /** The whole line, with its semicolon, or with its braces when it is a block. */
    public static String of(Statement line) {
        String arguments = arguments(line);
        return line.name().text() + (arguments.isEmpty() ? "" : " " + arguments)
                + (line.isBlock() ? " { ... }" : ";");
    }

    /** What stands behind its name. */
    public static String arguments(Statement line) {
        return words(line.args());
    }

    /** Words, those in quotes that need them. */
    public static String words(List<Word> words) {
        StringBuilder text = new StringBuilder();
        for (Word word : words) {
            text.append(text.isEmpty() ? "" : " ").append(word(word.text()));
        }
        return text.toString();
    }

    private static String word(String text) {
        boolean plain = !text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != '\'' && text.charAt(0) != '"';
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '"' -> quoted.append("\\\"");
                default -> quoted.append(c);
            }
            plain &= c > ' ' && c != ';' && c != '{' && c != '}' || c == '{' && i > 0 && text.charAt(i - 1) == '$';
        }
        // ${name} has a brace that needs no quotes
        return plain || isBraced(text) ? text : quoted.append('"').toString();
    }

    private static boolean isBraced(String text) {
        return !text.isEmpty() && text.contains("${") && text.chars().noneMatch(c -> c <= ' ' || c == ';' || c == '"')
                && text.chars().filter(c -> c == '{').count() == text.chars().filter(c -> c == '}').count()
                && text.split("\\$\\{", -1).length - 1 == text.chars().filter(c -> c == '{').count();
    }
}
