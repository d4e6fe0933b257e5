package io.frontdesk.modules.ssi;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.net.regex.Captures;
import io.frontdesk.net.regex.Regex;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all pages of one client's request share, the included ones too: variables, blocks, and the groups of the last match. Stands in a slot,
 * which subrequests share. Loop of the exchange only.
 */
final class SsiContext {
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Bytes> blocks = new HashMap<>();
    private final Captures captures = new Captures();
    private String subject = "";
    private int groups;

    /** The context of the request that the exchange belongs to, made when there is none. */
    static SsiContext of(Exchange ex, int slot) {
        if (ex.slot(slot) instanceof SsiContext known) {
            return known;
        }
        SsiContext made = new SsiContext();
        ex.slot(slot, made);
        return made;
    }

    /** The value that a name has in the pages: a group for a digit, or what was set; null for none. */
    @Nullable
    String find(String name) {
        if (name.length() == 1 && name.charAt(0) >= '0' && name.charAt(0) <= '9') {
            int group = name.charAt(0) - '0';
            if (group < groups) {
                return captures.start(group) < 0
                        ? ""
                        : subject.substring(captures.start(group), captures.end(group));
            }
        }
        return variables.get(name.toLowerCase(Locale.ROOT));
    }

    void set(String name, String value) {
        variables.put(name.toLowerCase(Locale.ROOT), value);
    }

    /** A name that an include sets shall be known, if with nothing, while the answer is not there. */
    void declare(String name) {
        variables.putIfAbsent(name.toLowerCase(Locale.ROOT), "");
    }

    /** Begins a block; nginx: the first of a name is the one that is found. */
    Bytes beginBlock(String name) {
        Bytes content = new Bytes();
        blocks.putIfAbsent(name, content);
        return content;
    }

    @Nullable
    Bytes block(String name) {
        return blocks.get(name);
    }

    /** Matches, and keeps the groups when it does. */
    boolean matches(Regex regex, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (!regex.matches(bytes, 0, bytes.length, captures)) {
            return false;
        }
        subject = text;
        groups = regex.groupCount() + 1;
        regex.names().forEach((name, group) -> set(name, captures.start(group) < 0
                ? ""
                : text.substring(captures.start(group), captures.end(group))));
        return true;
    }
}
