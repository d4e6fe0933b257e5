package io.frontdesk.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A response as a test sees it.
 *
 * @param head its head as it came, status line and last empty line included
 * @param body its body without framing, one char a byte
 */
public record Answer(String head, String body) {
    static Answer ofHead(String head) {
        return new Answer(head, "");
    }

    Answer withBody(String text) {
        return new Answer(head, text);
    }

    /** The status. */
    public int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    /** The value of a field, by name in any case; empty when there is none. */
    public String field(String name) {
        List<String> all = fields(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** The values of all fields of that name. */
    public List<String> fields(String name) {
        return fields(head, name);
    }

    /** The values of the fields of that name in a head. */
    static List<String> fields(String head, String name) {
        List<String> values = new ArrayList<>();
        String[] lines = head.split("\r\n", -1);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon == name.length() && lines[i].regionMatches(true, 0, name, 0, colon)) {
                values.add(lines[i].substring(colon + 1).strip());
            }
        }
        return values;
    }
}
