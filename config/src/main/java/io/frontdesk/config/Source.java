package io.frontdesk.config;

import java.util.List;

/**
 * One file that was read: what {@code -T} prints. A value; any thread.
 *
 * @param file
 *            its full name, a byte string
 * @param text
 *            its bytes, one char a byte
 * @param comments
 *            its comments in order, as far as it was read
 */
public record Source(String file, String text, List<Comment> comments) {

    public Source {
        comments = List.copyOf(comments);
    }
}
