package io.frontdesk.net.regex;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Rewrites a pattern from PCRE's dialect to Java's, item by item: options, classes and escapes are resolved here, so
 * that no flag
 * and no escape reaches Java with another meaning. Groups stay numbered as they are; their names never reach Java. What
 * Java cannot
 * do is refused. Written from the manual page pcre2pattern; one translator for one pass over one pattern.
 */
final class Translator {
    private static final int MAX_DEPTH = 250;
    private static final int MAX_REPEAT = 65535;
    private static final ByteSet NOT_NEWLINE = new ByteSet().add('\n').complement();

    private final PatternReader in;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final @Nullable Translator first;
    private Options options;
    private int groups;
    private int depth;
    /** Where in {@code out} the item begins that a quantifier would repeat; -1 where there is none. */
    private int item = -1;

    private Translator(String pattern, boolean caseless, @Nullable Translator first) {
        in = new PatternReader(pattern);
        options = Options.NONE.with('i', caseless);
        this.first = first;
    }

    /** A translated pattern: Java's text, to be compiled with UNIX_LINES; and the groups. */
    record Translation(String java, int groups, Map<String, Integer> names) {}

    static Translation translate(String pattern, boolean caseless) throws RegexException {
        // The first pass only finds the groups, as a reference may stand before its group.
        Translator scout = new Translator(pattern, caseless, null);
        scout.run();
        Translator translator = new Translator(pattern, caseless, scout);
        translator.run();
        return new Translation(translator.out.toString(), translator.groups, translator.names);
    }

    private void run() throws RegexException {
        leadingVerbs();
        alternatives();
        if (!in.atEnd()) {
            throw in.error("unmatched closing parenthesis");
        }
    }

    private void leadingVerbs() throws RegexException {
        while (in.startsWith("(*") && in.peek(2) >= 'A' && in.peek(2) <= 'Z') {
            int start = in.position();
            String verb = in.takeUntil(")");
            String name = verb == null ? "" : verb.substring(2);
            boolean harmless = name.startsWith("LIMIT_") || name.startsWith("NO_") || name.equals("LF")
                    || name.equals("BSR_UNICODE");
            if (!harmless) {
                in.moveTo(start);
                return;
            }
        }
    }

    /** Up to a closing parenthesis, which is left, or the end. */
    private void alternatives() throws RegexException {
        item = -1;
        while (!in.atEnd() && in.peek() != ')') {
            one();
        }
    }

    private void one() throws RegexException {
        if (options.extended() && blank()) {
            return;
        }
        char c = in.next();
        switch (c) {
            case '|' -> {
                out.append('|');
                item = -1;
            }
            case '\\' -> escape();
            case '[' -> bracket();
            case '(' -> parenthesis();
            case '.' -> set(options.dotAll() ? new ByteSet().complement() : NOT_NEWLINE);
            // Java's multiline caret does not match an empty subject.
            case '^' -> assertion(options.multiline() ? "(?:^|(?m:^))" : "^");
            case '$' -> assertion(options.multiline() ? "(?m:$)" : "$");
            case '*', '+', '?' -> quantifier(String.valueOf(c), in.position() - 1);
            case '{' -> braces();
            default -> literal(c);
        }
    }

    private boolean blank() {
        if (PatternReader.isSpace(in.peek())) {
            in.next();
            return true;
        }
        if (in.take("#")) {
            if (in.takeUntil("\n") == null) {
                in.moveTo(in.pattern.length());
            }
            return true;
        }
        return false;
    }

    private void literal(int c) {
        item = out.length();
        if (options.caseless() && ByteSet.isLetter(c)) {
            out.append('[').append((char) (c & ~0x20)).append((char) (c | 0x20)).append(']');
        } else if (ByteSet.isLetter(c)) {
            out.append((char) c);
        } else {
            ByteSet.appendEscaped(out, c);
        }
    }

    private void set(ByteSet set) {
        item = out.length();
        out.append(set.item());
    }

    private void assertion(String java) {
        out.append(java);
        item = -1;
    }

    private void bracket() throws RegexException {
        if (in.take("[:<:]]")) {
            assertion("\\b(?=\\w)");
        } else if (in.take("[:>:]]")) {
            assertion("\\b(?<=\\w)");
        } else {
            set(new ClassReader(in, options.caseless(), options.extendedMore()).read());
        }
    }

    private void braces() throws RegexException {
        int start = in.position() - 1;
        int end = start + 1;
        while (PatternReader.isDigit(in.peek(end - start - 1))) {
            end++;
        }
        boolean counted = end > start + 1;
        if (counted && in.peek(end - start - 1) == ',') {
            end++;
            while (PatternReader.isDigit(in.peek(end - start - 1))) {
                end++;
            }
        }
        if (!counted || in.peek(end - start - 1) != '}') {
            literal('{');
            return;
        }
        int least = in.number(MAX_REPEAT, "number too big in {} quantifier");
        if (in.take(",")) {
            int most = in.number(MAX_REPEAT, "number too big in {} quantifier");
            if (most >= 0 && most < least) {
                throw in.errorAt(in.position() + 1, "numbers out of order in {} quantifier");
            }
        }
        in.next();
        quantifier(in.pattern.substring(start, in.position()), start);
    }

    private void quantifier(String text, int start) throws RegexException {
        if (item < 0) {
            throw in.errorAt(start, "quantifier does not follow a repeatable item");
        }
        String kind = "";
        if (in.take("+")) {
            kind = "+";
        } else if (in.take("?") != options.ungreedy()) {
            kind = "?";
        }
        out.append(text).append(kind);
        item = -1;
    }

    private void escape() throws RegexException {
        int start = in.position() - 1;
        if (in.atEnd()) {
            throw in.error("\\ at end of pattern");
        }
        char letter = in.next();
        ByteSet set = isNotNewline(letter) ? NOT_NEWLINE : Escapes.set(in, letter);
        if (set != null) {
            set(set);
            return;
        }
        switch (letter) {
            case 'Q' -> quoted();
            case 'E' -> {
                // Without a \Q it means nothing.
            }
            case 'b', 'B', 'A', 'Z', 'z', 'G' -> assertion("\\" + letter);
            case 'R' -> {
                item = out.length();
                out.append("(?>\\r\\n|[\\n\\x0b\\f\\r\\x85])");
            }
            case 'C' -> set(new ByteSet().complement());
            case 'K', 'X' -> throw in.unsupported("\\" + letter + " is");
            case 'k' -> namedReference();
            case 'g' -> generalReference();
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numbered(start);
            default -> literal(Escapes.literal(in, letter));
        }
    }

    // \N{U+0041} is a character, but \N{3} repeats.
    private boolean isNotNewline(char letter) {
        return letter == 'N' && (in.peek() != '{' || PatternReader.isDigit(in.peek(1)));
    }

    private void quoted() {
        while (!in.atEnd() && !in.take("\\E")) {
            literal(in.next());
        }
    }

    // pcre2pattern: less than 10, or beginning with 8 or 9, or as many groups to the left: a reference; otherwise
    // octal.
    private void numbered(int start) throws RegexException {
        in.moveTo(start + 1);
        int digit = in.peek();
        int value = 0;
        while (PatternReader.isDigit(in.peek()) && value <= MAX_REPEAT) {
            value = value * 10 + (in.next() - '0');
        }
        if (value < 10 || digit >= '8' || value <= groups) {
            reference(value, start);
        } else {
            in.moveTo(start + 1);
            literal(Escapes.octal(in, 0, 3));
        }
    }

    private void generalReference() throws RegexException {
        int start = in.position();
        if (in.peek() == '<' || in.peek() == '\'') {
            throw in.unsupported("a subroutine call is");
        }
        boolean braced = in.take("{");
        if (braced && !PatternReader.isDigit(in.peek()) && in.peek() != '-' && in.peek() != '+') {
            reference(name("}"), start);
            return;
        }
        int sign = in.take("-") ? -1 : in.take("+") ? 1 : 0;
        int number = in.number(MAX_REPEAT, "number is too big");
        if (number <= 0 && (sign != 0 || number < 0) || braced && !in.take("}")) {
            throw in.error("a numbered reference must not be zero");
        }
        reference(sign == 0 ? number : sign < 0 ? groups + 1 - number : groups + number, start);
    }

    private void namedReference() throws RegexException {
        int start = in.position();
        if (in.take("{")) {
            reference(name("}"), start);
        } else if (in.take("<")) {
            reference(name(">"), start);
        } else if (in.take("'")) {
            reference(name("'"), start);
        } else {
            throw in.error("\\k is not followed by a braced, angle-bracketed, or quoted name");
        }
    }

    private void reference(String name, int start) throws RegexException {
        Integer number = first == null ? Integer.valueOf(1) : first.names.get(name);
        if (number == null) {
            throw in.errorAt(start, "reference to non-existent subpattern");
        }
        reference(number, start);
    }

    private void reference(int number, int start) throws RegexException {
        if (number <= 0 || first != null && number > first.groups) {
            throw in.errorAt(start, "reference to non-existent subpattern");
        }
        // Java reads \12 as \1 and a literal 2 where there are not twelve groups yet.
        if (first != null && number > 9 && number > groups) {
            throw in.unsupported("a reference to a later group above 9 is");
        }
        item = out.length();
        out.append(options.caseless() ? "(?i:\\" : "(?:\\").append(number).append(')');
    }

    private void parenthesis() throws RegexException {
        int start = in.position();
        if (in.peek() == '*') {
            throw in.unsupported("a verb is");
        }
        if (!in.take("?")) {
            if (options.noAutoCapture()) {
                group("(?:");
            } else {
                groups++;
                group("(");
            }
        } else if (in.take("#")) {
            int kept = item;
            if (in.takeUntil(")") == null) {
                throw in.errorAt(in.pattern.length(), "missing ) following (?#");
            }
            item = kept;
        } else if (in.take(":")) {
            group("(?:");
        } else if (in.take(">")) {
            group("(?>");
        } else if (in.take("=")) {
            group("(?=");
        } else if (in.take("!")) {
            group("(?!");
        } else if (in.take("<=")) {
            group("(?<=");
        } else if (in.take("<!")) {
            group("(?<!");
        } else if (in.take("P<") || !in.startsWith("<*") && in.take("<")) {
            named(">");
        } else if (in.take("'")) {
            named("'");
        } else if (in.take("P=")) {
            int at = in.position();
            reference(name(")"), at);
        } else {
            refuseOrOptions(start);
        }
    }

    private void named(String terminator) throws RegexException {
        String name = name(terminator);
        groups++;
        if (names.containsKey(name) && !options.duplicateNames()) {
            throw in.error("two named subpatterns have the same name (PCRE2_DUPNAMES not set)");
        }
        names.putIfAbsent(name, groups);
        group("(");
    }

    private void refuseOrOptions(int start) throws RegexException {
        int c = in.peek();
        boolean signedNumber = (c == '-' || c == '+') && PatternReader.isDigit(in.peek(1));
        if (c == 'R' || c == '&' || in.startsWith("P>") || PatternReader.isDigit(c) || signedNumber) {
            throw in.unsupported("recursion is");
        }
        if (c == '*' || in.startsWith("<*")) {
            throw in.unsupported("a non-atomic assertion is");
        }
        if (c == '(') {
            throw in.unsupported("a conditional group is");
        }
        if (c == '|') {
            throw in.unsupported("a group that resets numbers is");
        }
        if (c == 'C') {
            throw in.unsupported("a callout is");
        }
        int kept = item;
        Options before = options;
        options = options.read(in);
        if (in.take(")")) {
            // From here to the end of the enclosing group, across its alternatives. Not an item.
            item = -1;
            return;
        }
        in.next();
        item = kept;
        Options inner = options;
        options = before;
        group("(?:", inner);
    }

    private void group(String open) throws RegexException {
        group(open, options);
    }

    private void group(String open, Options inner) throws RegexException {
        if (++depth > MAX_DEPTH) {
            throw in.error("parentheses are too deeply nested");
        }
        int start = out.length();
        Options outer = options;
        options = inner;
        out.append(open);
        alternatives();
        if (!in.take(")")) {
            throw in.error("missing closing parenthesis");
        }
        out.append(')');
        options = outer;
        depth--;
        item = start;
    }

    private String name(String terminator) throws RegexException {
        int start = in.position();
        if (PatternReader.isDigit(in.peek())) {
            throw in.error("subpattern name must start with a non-digit");
        }
        while (PatternReader.isWord(in.peek())) {
            in.next();
        }
        String name = in.pattern.substring(start, in.position());
        if (name.isEmpty()) {
            throw in.error("subpattern name expected");
        }
        if (name.length() > 32) {
            throw in.error("subpattern name is too long (maximum 32 code units)");
        }
        if (!in.take(terminator)) {
            throw in.error("syntax error in subpattern name (missing terminator?)");
        }
        return name;
    }
}
