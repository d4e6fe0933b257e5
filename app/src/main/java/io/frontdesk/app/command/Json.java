package io.frontdesk.app.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259), two blanks a level, keys in the order in which they are given. Values are byte strings: those that are UTF-8 are
 * read as that, others one char a byte. One thread.
 */
public final class Json {
    private final StringBuilder out = new StringBuilder();
    private final Deque<Boolean> hasMembers = new ArrayDeque<>();
    private boolean afterKey;

    /** Begins an object. */
    public Json object() {
        return open('{');
    }

    /** Begins the object that a key names. */
    public Json object(String key) {
        return key(key).object();
    }

    /** Ends an object. */
    public Json endObject() {
        return close('}');
    }

    /** Begins the array that a key names. */
    public Json array(String key) {
        return key(key).array();
    }

    /** Begins an array. */
    public Json array() {
        return open('[');
    }

    /** Ends an array. */
    public Json endArray() {
        return close(']');
    }

    /** A key; its value follows. */
    public Json key(String key) {
        before();
        quote(key);
        out.append(": ");
        afterKey = true;
        return this;
    }

    /** A member with a text, or null. */
    public Json put(String key, @Nullable String value) {
        return key(key).value(value);
    }

    /** A member with a number. */
    public Json put(String key, long value) {
        key(key).before();
        out.append(value);
        return this;
    }

    /** A member with a truth value. */
    public Json put(String key, boolean value) {
        key(key).before();
        out.append(value);
        return this;
    }

    /** A text, or null, as an element or behind a key. */
    public Json value(@Nullable String value) {
        before();
        if (value == null) {
            out.append("null");
        } else {
            quote(unicode(value));
        }
        return this;
    }

    private Json open(char bracket) {
        before();
        out.append(bracket);
        hasMembers.push(false);
        return this;
    }

    private Json close(char bracket) {
        if (hasMembers.pop()) {
            newLine();
        }
        out.append(bracket);
        return this;
    }

    private void before() {
        if (afterKey) {
            afterKey = false;
            return;
        }
        if (hasMembers.isEmpty()) {
            return;
        }
        if (hasMembers.pop()) {
            out.append(',');
        }
        hasMembers.push(true);
        newLine();
    }

    private void newLine() {
        out.append('\n');
        out.repeat(' ', 2 * hasMembers.size());
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7f && c < 0xa0) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** A byte string as people read it. */
    public static String unicode(String bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    /** All of it, with a last line end; to be printed by {@link Console#printUnicode}. */
    @Override
    public String toString() {
        return out + "\n";
    }
}
