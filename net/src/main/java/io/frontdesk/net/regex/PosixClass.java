package io.frontdesk.net.regex;

import java.util.Locale;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/** The names between {@code [:} and {@code :]}, with the bytes that they have in the C locale. */
enum PosixClass {
    ALPHA(ByteSet::isLetter), LOWER(c -> c >= 'a' && c <= 'z'), UPPER(c -> c >= 'A' && c <= 'Z'), ALNUM(
            c -> ByteSet.isLetter(c) || PatternReader.isDigit(c)), ASCII(c -> c < 0x80), BLANK(
                    c -> c == ' ' || c == '\t'), CNTRL(c -> c < ' ' || c == 0x7f), DIGIT(PatternReader::isDigit), GRAPH(
                            c -> c > ' ' && c < 0x7f), PRINT(c -> c >= ' ' && c < 0x7f), PUNCT(c -> c > ' ' && c < 0x7f
                                    && !ByteSet.isLetter(c) && !PatternReader.isDigit(c)), SPACE(
                                            PatternReader::isSpace), WORD(PatternReader::isWord), XDIGIT(
                                                    c -> c < 0x80 && Character.digit(c, 16) >= 0);

    private final IntPredicate test;

    PosixClass(IntPredicate test) {
        this.test = test;
    }

    /** A new set with the bytes of the class. */
    ByteSet set() {
        return ByteSet.where(test);
    }

    static @Nullable PosixClass named(String name) {
        for (PosixClass posix : values()) {
            if (posix.name().toLowerCase(Locale.ROOT).equals(name)) {
                return posix;
            }
        }
        return null;
    }
}
