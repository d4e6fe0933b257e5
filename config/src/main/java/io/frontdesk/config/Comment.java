package io.frontdesk.config;

/**
 * A comment of a source, kept for those who read comments, such as lint. A value; any thread.
 *
 * @param text
 *            what follows the {@code #}, up to the end of the line
 * @param at
 *            where the {@code #} stands
 */
public record Comment(String text, Position at) {}
