package io.frontdesk.e2e.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as a test reads it: an object, an array, a text, another literal, or null. */
final class JsonValue {
    private final @Nullable Object value;

    private JsonValue(@Nullable Object value) {
        this.value = value;
    }

    /** Reads a text that is JSON. */
    static JsonValue parse(String text) {
        Reader reader = new Reader(text);
        JsonValue value = reader.value();
        reader.blanks();
        if (reader.at != text.length()) {
            throw new IllegalArgumentException("more behind the value at " + reader.at);
        }
        return value;
    }

    boolean isNull() {
        return value == null;
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isArray() {
        return value instanceof List;
    }

    /** A text, or a number as it was written. */
    String text() {
        return String.valueOf(value);
    }

    /** A member of an object; one that is not there is null. */
    JsonValue get(String key) {
        JsonValue member = members().get(key);
        return member == null ? new JsonValue(null) : member;
    }

    @SuppressWarnings("unchecked")
    Map<String, JsonValue> members() {
        return value == null ? Map.of() : (Map<String, JsonValue>) value;
    }

    @SuppressWarnings("unchecked")
    List<JsonValue> elements() {
        return value == null ? List.of() : (List<JsonValue>) value;
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void blanks() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }

        private boolean takes(char c) {
            blanks();
            if (text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void need(char c) {
            if (!takes(c)) {
                throw new IllegalArgumentException("no " + c + " at " + at + " of " + text);
            }
        }

        JsonValue value() {
            if (takes('{')) {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                while (!takes('}')) {
                    if (!members.isEmpty()) {
                        need(',');
                    }
                    need('"');
                    String key = string();
                    need(':');
                    members.put(key, value());
                }
                return new JsonValue(members);
            }
            if (takes('[')) {
                List<JsonValue> elements = new ArrayList<>();
                while (!takes(']')) {
                    if (!elements.isEmpty()) {
                        need(',');
                    }
                    elements.add(value());
                }
                return new JsonValue(elements);
            }
            if (takes('"')) {
                return new JsonValue(string());
            }
            int start = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            String literal = text.substring(start, at);
            return new JsonValue(literal.equals("null") ? null : literal);
        }

        private String string() {
            StringBuilder out = new StringBuilder();
            for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
                if (c != '\\') {
                    out.append(c);
                    continue;
                }
                char escaped = text.charAt(at++);
                switch (escaped) {
                    case 'n' -> out.append('\n');
                    case 'r' -> out.append('\r');
                    case 't' -> out.append('\t');
                    case 'u' -> {
                        out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                        at += 4;
                    }
                    default -> out.append(escaped);
                }
            }
            return out.toString();
        }
    }
}
