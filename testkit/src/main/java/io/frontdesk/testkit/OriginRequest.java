package io.frontdesk.testkit;

import java.util.List;

/**
 * A request as an origin got it. Texts are byte strings.
 *
 * @param head its head as it came, with the last empty line
 * @param body its body without framing
 */
public record OriginRequest(String head, String body) {
    /** The request line. */
    public String line() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** The method. */
    public String method() {
        return head.substring(0, head.indexOf(' '));
    }

    /** The target. */
    public String target() {
        return line().split(" ", -1)[1];
    }

    /** The value of a field, by name in any case; empty when there is none. */
    public String field(String name) {
        List<String> all = fields(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** The values of all fields of that name. */
    public List<String> fields(String name) {
        return Answer.fields(head, name);
    }
}
