package io.frontdesk.net.regex;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/** The escapes of PCRE that stand for one byte or for a set of bytes, in a class and outside alike. */
final class Escapes {
    private static final String TOO_LARGE = "character code point value in \\x{} or \\o{} is too large";

    private Escapes() {}

    /** The set that an escape stands for; null where it is none. The reader stands behind the letter. */
    static @Nullable ByteSet set(PatternReader in, char letter) throws RegexException {
        return switch (letter) {
            case 'd' -> PosixClass.DIGIT.set();
            case 'D' -> PosixClass.DIGIT.set().complement();
            case 's' -> PosixClass.SPACE.set();
            case 'S' -> PosixClass.SPACE.set().complement();
            case 'w' -> PosixClass.WORD.set();
            case 'W' -> PosixClass.WORD.set().complement();
            case 'h' -> horizontal();
            case 'H' -> horizontal().complement();
            case 'v' -> vertical();
            case 'V' -> vertical().complement();
            case 'p' -> property(in, false);
            case 'P' -> property(in, true);
            default -> null;
        };
    }

    /** The byte that an escape stands for. The reader stands behind the letter. */
    static int literal(PatternReader in, char letter) throws RegexException {
        return switch (letter) {
            case 'a' -> 0x07;
            case 'e' -> 0x1b;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> octal(in, 0, 2);
            case 'o' -> braced(in, 8);
            case 'x' -> in.peek() == '{' ? braced(in, 16) : shortHex(in);
            case 'c' -> control(in);
            case 'F', 'L', 'l', 'N', 'U', 'u' ->
                throw in.error("PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u");
            default -> {
                if (letter < 0x80 && PatternReader.isWord(letter) && letter != '_') {
                    throw in.error("unrecognized character follows \\");
                }
                yield letter;
            }
        };
    }

    /** Up to some more octal digits behind a first value; only the low byte counts in PCRE's oldest form. */
    static int octal(PatternReader in, int first, int digits) throws RegexException {
        int value = first;
        for (int i = 0; i < digits && isOctal(in.peek()); i++) {
            value = value * 8 + (in.next() - '0');
        }
        if (value > 0xff) {
            throw in.error("octal value is greater than \\377 in 8-bit non-UTF-8 mode");
        }
        return value;
    }

    static boolean isOctal(int c) {
        return c >= '0' && c <= '7';
    }

    private static int shortHex(PatternReader in) {
        int value = 0;
        for (int i = 0; i < 2 && Character.digit(in.peek(), 16) >= 0; i++) {
            value = value * 16 + Character.digit(in.next(), 16);
        }
        return value;
    }

    private static int braced(PatternReader in, int radix) throws RegexException {
        boolean hex = radix == 16;
        if (!in.take("{")) {
            throw in.error("missing opening brace after \\o");
        }
        int value = -1;
        while (in.peek() >= 0 && Character.digit(in.peek(), radix) >= 0) {
            value = Math.max(value, 0) * radix + Character.digit(in.next(), radix);
            if (value > 0xff) {
                throw in.error(TOO_LARGE);
            }
        }
        if (value < 0 && in.peek() == '}') {
            throw in.error("digits missing in \\x{} or \\o{} or \\N{U+}");
        }
        if (!in.take("}")) {
            throw in.error(hex
                    ? "non-hex character in \\x{} (closing brace missing?)"
                    : "non-octal character in \\o{} (closing brace missing?)");
        }
        return value;
    }

    private static int control(PatternReader in) throws RegexException {
        if (in.atEnd()) {
            throw in.error("\\c at end of pattern");
        }
        char c = in.next();
        if (c < ' ' || c > '~') {
            throw in.error("\\c must be followed by a printable ASCII character");
        }
        return (c >= 'a' && c <= 'z' ? c - 0x20 : c) ^ 0x40;
    }

    private static ByteSet horizontal() {
        return new ByteSet().add('\t').add(' ').add(0xa0);
    }

    private static ByteSet vertical() {
        return new ByteSet().addRange('\n', '\r').add(0x85);
    }

    // Properties apply to the Latin-1 reading of a byte even without UTF; Java's tables know the same characters.
    private static ByteSet property(PatternReader in, boolean negated) throws RegexException {
        String name;
        if (in.take("{")) {
            name = in.takeUntil("}");
        } else {
            name = in.atEnd() ? null : String.valueOf(in.next());
        }
        if (name == null) {
            throw in.error("malformed \\P or \\p sequence");
        }
        boolean inverted = name.startsWith("^");
        ByteSet set = property(in, inverted ? name.substring(1) : name);
        return inverted != negated ? set.complement() : set;
    }

    private static ByteSet property(PatternReader in, String name) throws RegexException {
        String java = switch (name) {
            case "Any" -> "[\\x00-\\xff]";
            case "L&" -> "[\\p{Lu}\\p{Ll}\\p{Lt}]";
            case "Xan" -> "[\\p{L}\\p{N}]";
            case "Xwd" -> "[\\p{L}\\p{N}_]";
            case "Xsp", "Xps" -> "[\\p{Z}\\t-\\r\\x85]";
            default -> name.length() <= 2 ? "\\p{" + name + "}" : "\\p{Is" + name + "}";
        };
        try {
            Pattern pattern = Pattern.compile(java);
            return ByteSet.where(c -> pattern.matcher(String.valueOf((char) c)).matches());
        } catch (PatternSyntaxException e) {
            throw in.error("unknown property after \\P or \\p");
        }
    }
}
