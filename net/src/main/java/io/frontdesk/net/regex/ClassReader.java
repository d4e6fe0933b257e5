package io.frontdesk.net.regex;

import org.jspecify.annotations.Nullable;

/** Reads what stands between square brackets. One reader for one class. */
final class ClassReader {
    private static final String INVALID_RANGE = "invalid range in character class";

    private final PatternReader in;
    private final boolean caseless;
    private final boolean skipsBlanks;
    private final ByteSet literals = new ByteSet();
    private final ByteSet sets = new ByteSet();
    private boolean quoted;

    /** {@code skipsBlanks}: within {@code (?xx)}. */
    ClassReader(PatternReader in, boolean caseless, boolean skipsBlanks) {
        this.in = in;
        this.caseless = caseless;
        this.skipsBlanks = skipsBlanks;
    }

    /** The reader stands behind the opening bracket, and afterwards behind the closing one. */
    ByteSet read() throws RegexException {
        refuseOuterPosix();
        boolean negated = in.take("^");
        boolean first = true;
        while (true) {
            skipQuotes();
            if (in.atEnd()) {
                throw in.error("missing terminating ] for character class");
            }
            if (!quoted && !first && in.take("]")) {
                ByteSet set = (caseless ? literals.bothCases() : literals).addAll(sets);
                return negated ? set.complement() : set;
            }
            int c = item();
            first = false;
            skipQuotes();
            if (!quoted && in.peek() == '-' && in.peek(1) != ']' && in.peek(1) >= 0) {
                range(c);
            } else if (c >= 0) {
                literals.add(c);
            }
        }
    }

    private void range(int first) throws RegexException {
        if (first < 0) {
            throw in.error(INVALID_RANGE);
        }
        in.next();
        skipQuotes();
        if (!quoted && in.peek() == ']') {
            literals.add(first).add('-');
            return;
        }
        if (in.atEnd()) {
            throw in.error("missing terminating ] for character class");
        }
        int last = item();
        if (last < 0) {
            throw in.error(INVALID_RANGE);
        }
        if (last < first) {
            throw in.errorAt(in.position() - 1, "range out of order in character class");
        }
        literals.addRange(first, last);
    }

    /** One byte; or -1 after a set, which has been added. */
    private int item() throws RegexException {
        char c = in.next();
        if (quoted) {
            return c;
        }
        if (c == '[' && (in.peek() == ':' || in.peek() == '.' || in.peek() == '=') && posix((char) in.peek())) {
            return -1;
        }
        return c == '\\' ? escape() : c;
    }

    private int escape() throws RegexException {
        if (in.atEnd()) {
            throw in.error("\\ at end of pattern");
        }
        char letter = in.next();
        ByteSet set = Escapes.set(in, letter);
        if (set != null) {
            sets.addAll(set);
            return -1;
        }
        return switch (letter) {
            case 'b' -> '\b';
            case 'N', 'B', 'R', 'X' -> throw in.error("escape sequence is invalid in character class");
            case '1', '2', '3', '4', '5', '6', '7' -> Escapes.octal(in, letter - '0', 2);
            case '8', '9' -> letter;
            default -> Escapes.literal(in, letter);
        };
    }

    // "[:alpha:]" alone is a mistake for "[[:alpha:]]", and PCRE says so.
    private void refuseOuterPosix() throws RegexException {
        int c = in.peek();
        if ((c == ':' || c == '.' || c == '=') && posixName((char) c) != null) {
            throw in.errorAt(in.position() - 1,
                    c == ':'
                            ? "POSIX named classes are supported only within a class"
                            : "POSIX collating elements are not supported");
        }
    }

    private boolean posix(char delimiter) throws RegexException {
        String name = posixName(delimiter);
        if (name == null) {
            return false;
        }
        if (delimiter != ':') {
            throw in.error("POSIX collating elements are not supported");
        }
        boolean negated = name.startsWith("^");
        PosixClass posix = PosixClass.named(negated ? name.substring(1) : name);
        if (posix == null) {
            throw in.errorAt(in.position() + 1, "unknown POSIX class name");
        }
        boolean eitherCase = caseless && (posix == PosixClass.LOWER || posix == PosixClass.UPPER);
        ByteSet set = (eitherCase ? PosixClass.ALPHA : posix).set();
        sets.addAll(negated ? set.complement() : set);
        in.moveTo(in.position() + 1 + name.length() + 2);
        return true;
    }

    /** The name where this looks like {@code [:name:]}; null where the bracket is a literal. */
    private @Nullable String posixName(char delimiter) {
        for (int ahead = 1; in.peek(ahead) >= 0; ahead++) {
            int c = in.peek(ahead);
            int after = in.peek(ahead + 1);
            if (c == delimiter && after == ']') {
                return in.pattern.substring(in.position() + 1, in.position() + ahead);
            }
            if (c == ']' || c == '\\' && (after == ']' || after == '\\') || c == '[' && after == delimiter) {
                return null;
            }
        }
        return null;
    }

    private void skipQuotes() {
        while (true) {
            if (quoted) {
                if (!in.take("\\E")) {
                    return;
                }
                quoted = false;
            } else if (in.take("\\Q")) {
                quoted = true;
            } else if (!in.take("\\E") && !(skipsBlanks && (in.take(" ") || in.take("\t")))) {
                return;
            }
        }
    }
}
