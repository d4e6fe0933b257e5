package io.frontdesk.engine.lint;

import io.frontdesk.engine.lint.RegexNode.Choice;
import io.frontdesk.engine.lint.RegexNode.Condition;
import io.frontdesk.engine.lint.RegexNode.End;
import io.frontdesk.engine.lint.RegexNode.One;
import io.frontdesk.engine.lint.RegexNode.Repeat;
import io.frontdesk.engine.lint.RegexNode.Sequence;
import io.frontdesk.engine.lint.RegexNode.Start;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of PCRE's language that configurations use. What it does not know (recursion, back references, verbs, inline options)
 * ends the reading: nothing is said of such an expression. One use, control plane.
 */
final class RegexParser {
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private final boolean caseless;
    private int at;

    private RegexParser(String text, boolean caseless) {
        this.text = text;
        this.caseless = caseless;
    }

    /** The expression, or null where it has something unknown. */
    static @Nullable RegexNode parse(String text, boolean caseless) {
        RegexParser parser = new RegexParser(text, caseless);
        try {
            if (text.startsWith("(?i)")) {
                parser = new RegexParser(text.substring(4), true);
            }
            RegexNode node = parser.choice();
            return parser.at == parser.text.length() ? node : null;
        } catch (Unknown e) {
            return null;
        }
    }

    private RegexNode choice() throws Unknown {
        List<RegexNode> branches = new ArrayList<>();
        branches.add(sequence());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            branches.add(sequence());
        }
        return branches.size() == 1 ? branches.getFirst() : new Choice(List.copyOf(branches));
    }

    private RegexNode sequence() throws Unknown {
        List<RegexNode> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated(atom()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Sequence(List.copyOf(parts));
    }

    private RegexNode repeated(RegexNode body) throws Unknown {
        int min;
        int max = Integer.MAX_VALUE;
        switch (at < text.length() ? text.charAt(at) : 0) {
            case '*' -> min = 0;
            case '+' -> min = 1;
            case '?' -> {
                min = 0;
                max = 1;
            }
            case '{' -> {
                int close = text.indexOf('}', at);
                String range = close < 0 ? "" : text.substring(at + 1, close);
                if (!range.matches("[0-9]{1,4}(,([0-9]{1,4})?)?")) {
                    return body;
                }
                int comma = range.indexOf(',');
                min = Integer.parseInt(comma < 0 ? range : range.substring(0, comma));
                max = comma < 0
                        ? min
                        : comma == range.length() - 1
                                ? Integer.MAX_VALUE
                                : Integer.parseInt(range.substring(comma + 1));
                at = close;
            }
            default -> {
                return body;
            }
        }
        at++;
        boolean atomic = at < text.length() && text.charAt(at) == '+';
        if (atomic || at < text.length() && text.charAt(at) == '?') {
            at++;
        }
        return new Repeat(body, min, max, atomic);
    }

    private RegexNode atom() throws Unknown {
        char c = text.charAt(at++);
        return switch (c) {
            case '^' -> new Start();
            case '$' -> new End();
            case '.' -> new One(not(one('\n')));
            case '(' -> group();
            case '[' -> new One(bracket());
            case '\\' -> escape();
            case '*', '+', '?' -> throw new Unknown();
            default -> new One(folded(one(c)));
        };
    }

    private RegexNode group() throws Unknown {
        boolean condition = false;
        boolean atomic = false;
        if (text.startsWith("?", at)) {
            if (text.startsWith("?:", at)) {
                at += 2;
            } else if (text.startsWith("?=", at) || text.startsWith("?!", at)) {
                condition = true;
                at += 2;
            } else if (text.startsWith("?<=", at) || text.startsWith("?<!", at)) {
                condition = true;
                at += 3;
            } else if (text.startsWith("?>", at)) {
                atomic = true;
                at += 2;
            } else {
                int close = text.indexOf('>', at);
                if (close < 0 || !text.substring(at, close + 1).matches("\\?P?<[A-Za-z_][A-Za-z0-9_]*>")) {
                    throw new Unknown();
                }
                at = close + 1;
            }
        } else if (text.startsWith("*", at)) {
            throw new Unknown();
        }
        RegexNode inner = choice();
        if (at == text.length() || text.charAt(at) != ')') {
            throw new Unknown();
        }
        at++;
        return condition ? new Condition() : atomic ? new Repeat(inner, 1, 1, true) : inner;
    }

    private RegexNode escape() throws Unknown {
        if (at == text.length()) {
            throw new Unknown();
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'A' -> new Start();
            case 'z', 'Z' -> new End();
            case 'b', 'B' -> new Condition();
            default -> new One(folded(set(c)));
        };
    }

    /** The bytes that an escape stands for, in and out of brackets. */
    private BitSet set(char c) throws Unknown {
        return switch (c) {
            case 'd' -> range('0', '9');
            case 'D' -> not(range('0', '9'));
            case 'w' -> word();
            case 'W' -> not(word());
            case 's' -> space();
            case 'S' -> not(space());
            case 'n' -> one('\n');
            case 'r' -> one('\r');
            case 't' -> one('\t');
            default -> {
                if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
                    throw new Unknown();
                }
                yield one(c);
            }
        };
    }

    private BitSet bracket() throws Unknown {
        boolean negated = text.startsWith("^", at);
        if (negated) {
            at++;
        }
        BitSet set = new BitSet(256);
        boolean first = true;
        while (true) {
            if (at >= text.length() || text.startsWith("[:", at)) {
                throw new Unknown();
            }
            char c = text.charAt(at++);
            if (c == ']' && !first) {
                break;
            }
            first = false;
            BitSet item = c == '\\' ? escaped() : one(c);
            boolean ranges = item.cardinality() == 1 && at + 1 < text.length() && text.charAt(at) == '-'
                    && text.charAt(at + 1) != ']';
            if (ranges) {
                at++;
                char end = text.charAt(at++);
                BitSet last = end == '\\' ? escaped() : one(end);
                item = range(item.nextSetBit(0), last.nextSetBit(0));
            }
            set.or(item);
        }
        return negated ? not(folded(set)) : folded(set);
    }

    private BitSet escaped() throws Unknown {
        if (at == text.length()) {
            throw new Unknown();
        }
        return set(text.charAt(at++));
    }

    private BitSet folded(BitSet set) {
        if (!caseless) {
            return set;
        }
        BitSet both = (BitSet) set.clone();
        for (int c = 'a'; c <= 'z'; c++) {
            if (set.get(c) || set.get(c - 32)) {
                both.set(c);
                both.set(c - 32);
            }
        }
        return both;
    }

    private static BitSet one(int c) {
        BitSet set = new BitSet(256);
        set.set(c & 0xff);
        return set;
    }

    private static BitSet range(int first, int last) throws Unknown {
        if (last < first) {
            throw new Unknown();
        }
        BitSet set = new BitSet(256);
        set.set(first, last + 1);
        return set;
    }

    private static BitSet not(BitSet set) {
        BitSet others = (BitSet) set.clone();
        others.flip(0, 256);
        return others;
    }

    private static BitSet word() throws Unknown {
        BitSet set = range('a', 'z');
        set.or(range('A', 'Z'));
        set.or(range('0', '9'));
        set.set('_');
        return set;
    }

    private static BitSet space() throws Unknown {
        BitSet set = range('\t', '\r');
        set.set(' ');
        return set;
    }
}
