package io.frontdesk.engine.response;

import io.frontdesk.config.Position;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/**
 * One status of an {@code error_page} line.
 *
 * @param status    the status that it answers
 * @param overwrite the status that is sent instead: -1 for the same, 0 for the page's own ({@code =}), or the one given ({@code =200})
 * @param target    a URI, a named location, or a URL to redirect to
 * @param args      arguments of a constant URI target, or null
 * @param at        the line
 */
public record ErrorPage(int status, int overwrite, Template target, @Nullable String args, Position at) {}
