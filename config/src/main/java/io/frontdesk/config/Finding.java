package io.frontdesk.config;

/**
 * What {@code lint} found at one place. Texts are byte strings, as they show names and values of the configuration. A value; any thread.
 *
 * @param rule
 *            the rule that it goes against
 * @param at
 *            where it stands
 * @param length
 *            how many bytes of the line it is about
 * @param message
 *            what is wrong, in a line
 * @param happens
 *            what comes of it, with a sample where it is about paths
 * @param instead
 *            what to write instead
 */
public record Finding(LintRule rule, Position at, int length, String message, String happens, String instead) {

    /** About a word. */
    public static Finding at(Word word, LintRule rule, String message, String happens, String instead) {
        int length = word.text().length() + (word.quoted() ? 2 : 0);
        return new Finding(rule, word.at(), Math.max(1, length), message, happens, instead);
    }
}
