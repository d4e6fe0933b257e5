package io.frontdesk.app.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * A message's head as it was written.
 *
 * @param line   its first line
 * @param fields its fields
 */
record Head(String line, List<Field> fields) {
    /** A field. */
    record Field(String name, String value) {}

    /** The first head that is not one of an interim response; an empty one when there is none. */
    static Head of(String message) {
        int from = 0;
        while (true) {
            int end = message.indexOf("\r\n\r\n", from);
            if (end < 0) {
                return new Head("", List.of());
            }
            Head head = parse(message.substring(from, end));
            if (!head.line.startsWith("HTTP/1.1 1") || head.line.startsWith("HTTP/1.1 101")) {
                return head;
            }
            from = end + 4;
        }
    }

    private static Head parse(String text) {
        String[] lines = text.split("\r\n", -1);
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                // one space is ours; what stands behind it may begin with others
                int value = lines[i].startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
                fields.add(new Field(lines[i].substring(0, colon), lines[i].substring(value)));
            }
        }
        return new Head(lines[0], fields);
    }
}
