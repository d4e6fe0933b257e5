package io.frontdesk.config;

/**
 * One word of a statement, unescaped. A value; any thread.
 *
 * @param text
 *            the word's bytes without its quotes and with escapes resolved, one char a byte
 * @param quoted
 *            whether it stood in quotes
 * @param at
 *            where it starts, its opening quote included
 */
public record Word(String text, boolean quoted, Position at) {

    /** A word that nobody wrote, for defaults and synthetic statements. */
    public static Word synthetic(String text) {
        return new Word(text, false, Position.NOWHERE);
    }

    /** Whether the word is this text. */
    public boolean is(String other) {
        return text.equals(other);
    }

    @Override
    public String toString() {
        return text;
    }
}
