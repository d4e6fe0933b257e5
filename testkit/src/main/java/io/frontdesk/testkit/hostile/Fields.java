package io.frontdesk.testkit.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Field lines as a reader sees them who forgives nothing.
 *
 * @param names their names, in lower case
 * @param values their values, without the white space around
 */
record Fields(List<String> names, List<String> values) {
    // RFC 9110 §5.6.2
    static final String TOKEN_CHARS = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final Pattern TOKEN = Pattern.compile(TOKEN_CHARS);

    /** Reads the lines; what is wrong with them is added to the flaws. */
    static Fields read(List<String> lines, List<String> flaws) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
                flaws.add("a bare CR or LF");
            }
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                flaws.add("a folded line");
            } else if (colon < 0) {
                flaws.add("a line without a colon");
            } else {
                String name = line.substring(0, colon);
                if (!TOKEN.matcher(name).matches()) {
                    flaws.add("a name that is no token");
                }
                if (line.indexOf('\0', colon) >= 0) {
                    flaws.add("a NUL");
                }
                names.add(name.toLowerCase(Locale.ROOT));
                values.add(trim(line.substring(colon + 1)));
            }
        }
        return new Fields(names, values);
    }

    List<String> of(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(wanted)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    boolean has(String name) {
        return !of(name).isEmpty();
    }

    // RFC 9110 §5.6.3: SP and HTAB alone; String.strip() would take VT and FF, and hide them.
    private static String trim(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
