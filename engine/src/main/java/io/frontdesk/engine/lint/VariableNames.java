package io.frontdesk.engine.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The names of the variables in a text. Stateless. */
public final class VariableNames {
    private VariableNames() {}

    /** In order, in lower case, without their dollars. */
    public static List<String> in(String text) {
        List<String> names = new ArrayList<>();
        int i = text.indexOf('$');
        while (i >= 0 && i + 1 < text.length()) {
            boolean braced = text.charAt(i + 1) == '{';
            int start = braced ? i + 2 : i + 1;
            int end = start;
            while (end < text.length() && isNameChar(text.charAt(end))) {
                end++;
            }
            if (end > start) {
                names.add(text.substring(start, end).toLowerCase(Locale.ROOT));
            }
            i = text.indexOf('$', Math.max(end, i + 1));
        }
        return names;
    }

    private static boolean isNameChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
