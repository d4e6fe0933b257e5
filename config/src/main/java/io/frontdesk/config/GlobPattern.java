package io.frontdesk.config;

import java.util.Map;
import java.util.function.IntPredicate;

/** One path component of a {@link Glob}, matched byte by byte with one step back per star. Immutable. */
final class GlobPattern {

    private static final int NO_CLASS = -1;

    /** The C locale's classes. */
    // @formatter:off
    private static final Map<String, IntPredicate> CLASSES = Map.ofEntries(
            Map.entry("alpha", GlobPattern::isLetter),
            Map.entry("digit", GlobPattern::isDigit),
            Map.entry("alnum", ch -> isLetter(ch) || isDigit(ch)),
            Map.entry("upper", ch -> isIn(ch, 'A', 'Z')),
            Map.entry("lower", ch -> isIn(ch, 'a', 'z')),
            Map.entry("space", ch -> ch == ' ' || isIn(ch, '\t', '\r')),
            Map.entry("blank", ch -> ch == ' ' || ch == '\t'),
            Map.entry("punct", ch -> isIn(ch, '!', '~') && !isLetter(ch) && !isDigit(ch)),
            Map.entry("print", ch -> isIn(ch, ' ', '~')),
            Map.entry("graph", ch -> isIn(ch, '!', '~')),
            Map.entry("cntrl", ch -> ch < ' ' || ch == 127),
            Map.entry("xdigit", ch -> isDigit(ch) || isIn(ch, 'a', 'f') || isIn(ch, 'A', 'F')));
    // @formatter:on

    private final String pattern;

    GlobPattern(String pattern) {
        this.pattern = pattern;
    }

    /** A component without wildcards as the name that it means. */
    static String unescape(String component) {
        return component.replaceAll("\\\\(.)", "$1");
    }

    boolean matches(String name) {
        // fnmatch(3), FNM_PERIOD: only a literal dot matches the first
        if (name.startsWith(".") && !pattern.startsWith(".") && !pattern.startsWith("\\.")) {
            return false;
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int starAt = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starAt = n;
                continue;
            }
            int after = p < pattern.length() ? matchOne(p, name.charAt(n)) : NO_CLASS;
            if (after >= 0) {
                p = after;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on if its element at {@code p} takes the byte, else -1. */
    private int matchOne(int p, char ch) {
        return switch (pattern.charAt(p)) {
            case '?' -> p + 1;
            case '[' -> matchSet(p, ch);
            case '\\' -> p + 1 < pattern.length() && pattern.charAt(p + 1) == ch ? p + 2 : -1;
            default -> pattern.charAt(p) == ch ? p + 1 : -1;
        };
    }

    private int matchSet(int open, char ch) {
        int p = open + 1;
        boolean negated = p < pattern.length() && (pattern.charAt(p) == '!' || pattern.charAt(p) == '^');
        if (negated) {
            p++;
        }
        boolean found = false;
        boolean first = true;
        while (p < pattern.length()) {
            char low = pattern.charAt(p);
            if (low == ']' && !first) {
                return found != negated ? p + 1 : -1;
            }
            first = false;
            int classEnd = low == '[' && pattern.startsWith("[:", p) ? pattern.indexOf(":]", p + 2) : NO_CLASS;
            if (classEnd != NO_CLASS) {
                var members = CLASSES.get(pattern.substring(p + 2, classEnd));
                found |= members != null && members.test(ch);
                p = classEnd + 2;
                continue;
            }
            if (low == '\\' && p + 1 < pattern.length()) {
                low = pattern.charAt(++p);
            }
            p++;
            char high = low;
            if (p + 1 < pattern.length() && pattern.charAt(p) == '-' && pattern.charAt(p + 1) != ']') {
                high = pattern.charAt(++p);
                if (high == '\\' && p + 1 < pattern.length()) {
                    high = pattern.charAt(++p);
                }
                p++;
            }
            found |= low <= ch && ch <= high;
        }
        // no closing bracket: the bracket stands for itself
        return ch == '[' ? open + 1 : -1;
    }

    private static boolean isLetter(int ch) {
        return isIn(ch, 'A', 'Z') || isIn(ch, 'a', 'z');
    }

    private static boolean isDigit(int ch) {
        return isIn(ch, '0', '9');
    }

    private static boolean isIn(int ch, char first, char last) {
        return first <= ch && ch <= last;
    }
}
