package io.frontdesk.testkit.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks, as a reader sees it who forgives nothing.
 *
 * @param body what the chunks hold
 * @param end where the body ends
 * @param isSound whether it is one
 */
record Chunks(String body, int end, boolean isSound) {
    // RFC 9112 §7.1
    private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{1,16})(?:[ \\t]*;[\\t\\x20-\\x7e\\x80-\\xff]*)?");
    /** What no case sends: a length above it is one that wrapped. */
    private static final long MOST = 1L << 30;

    /** Reads a body; null: more bytes must come. What is wrong with it is added to the flaws. */
    static @Nullable Chunks read(CharSequence bytes, int from, List<String> flaws) {
        String text = bytes.toString();
        StringBuilder body = new StringBuilder();
        int at = from;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                int feed = text.indexOf('\n', at);
                return feed < 0 ? null : broken(text, body, flaws);
            }
            Matcher matcher = LINE.matcher(text.substring(at, line));
            if (!matcher.matches()) {
                return broken(text, body, flaws);
            }
            long size = Long.parseUnsignedLong(matcher.group(1), 16);
            at = line + 2;
            if (size == 0) {
                return readTrailers(text, at, body, flaws);
            }
            if (size < 0 || size > MOST) {
                return broken(text, body, flaws);
            }
            int end = at + (int) size;
            if (text.length() < end + 2) {
                return null;
            }
            body.append(text, at, end);
            if (!text.startsWith("\r\n", end)) {
                return broken(text, body, flaws);
            }
            at = end + 2;
        }
    }

    private static @Nullable Chunks readTrailers(String text, int from, StringBuilder body, List<String> flaws) {
        List<String> lines = new ArrayList<>();
        int at = from;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                return null;
            }
            if (line == at) {
                Fields.read(lines, flaws);
                return new Chunks(body.toString(), at + 2, true);
            }
            lines.add(text.substring(at, line));
            at = line + 2;
        }
    }

    private static Chunks broken(String text, StringBuilder body, List<String> flaws) {
        flaws.add(Flaws.CHUNK);
        return new Chunks(body.toString(), text.length(), false);
    }
}
