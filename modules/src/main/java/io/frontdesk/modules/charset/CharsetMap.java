package io.frontdesk.modules.charset;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One {@code charset_map}: a table between two charsets of one byte a character, or from such a one to UTF-8. Usable in
 * both directions. Immutable once read, shared by all loops.
 */
final class CharsetMap {
    private static final int MAX_UTF8 = 3;
    private static final int HALF = 128;

    private final String from;
    private final String to;
    private final boolean utf8;
    private final byte[][] forward = new byte[256][];
    /** By the high byte of a character, then its low one; null and 0 for a character that has no byte. */
    private final byte[] @Nullable [] backward = new byte[256][];

    private CharsetMap(String from, String to) {
        this.from = from;
        this.to = to;
        this.utf8 = to.equalsIgnoreCase("utf-8");
        byte[] low = new byte[256];
        Arrays.fill(low, HALF, 256, (byte) (utf8 ? 0 : '?'));
        for (int i = 0; i < 256; i++) {
            forward[i] = new byte[]{(byte) (i < HALF ? i : '?')};
            low[i] = i < HALF ? (byte) i : low[i];
        }
        backward[0] = low;
    }

    /** Reads a block. */
    static CharsetMap parse(Call call) throws ConfigException {
        String from = call.text(0);
        String to = call.text(1);
        if (from.equalsIgnoreCase(to)) {
            throw call.error("\"charset_map\" between the same charsets \"%s\" and \"%s\"", from, to);
        }
        if (from.equalsIgnoreCase("utf-8")) {
            throw call.error("\"charset_map\" with \"utf-8\" charset should be given in the second column");
        }
        CharsetMap map = new CharsetMap(from, to);
        for (Statement line : call.children()) {
            if (line.args().size() != 1) {
                throw call.errorAt(line, "invalid parameters number");
            }
            map.line(call, line);
        }
        return map;
    }

    private void line(Call call, Statement line) throws ConfigException {
        Word left = line.name();
        Word right = line.args().getFirst();
        int source = hex(left.text());
        if (source < 0 || source > 255) {
            throw call.errorAt(line, "invalid value \"%s\"", left.text());
        }
        if (!utf8) {
            int target = hex(right.text());
            if (target < 0 || target > 255) {
                throw call.errorAt(line, "invalid value \"%s\"", right.text());
            }
            forward[source] = new byte[]{(byte) target};
            table(0)[target] = (byte) source;
            return;
        }
        byte[] bytes = bytes(right.text());
        int character = bytes == null ? -1 : character(bytes);
        if (bytes == null || character < 0) {
            throw call.errorAt(line, "invalid value \"%s\"", right.text());
        }
        forward[source] = bytes;
        table(character >> 8)[character & 0xff] = (byte) source;
    }

    private byte[] table(int high) {
        byte[] table = backward[high];
        if (table == null) {
            table = new byte[256];
            backward[high] = table;
        }
        return table;
    }

    private static int hex(String text) {
        try {
            return text.isEmpty() || text.length() > 4 ? -1 : Integer.parseUnsignedInt(text, 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static byte @Nullable [] bytes(String text) {
        if (text.length() % 2 != 0 || text.isEmpty() || text.length() / 2 > MAX_UTF8) {
            return null;
        }
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int value = hex(text.substring(i * 2, i * 2 + 2));
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static int character(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() == 1 && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text.charAt(0) : -1;
    }

    /** The first charset. */
    String from() {
        return from;
    }

    /** The second charset. */
    String to() {
        return to;
    }

    /** Whether the second one is UTF-8. */
    boolean isUtf8() {
        return utf8;
    }

    /** What a byte of the first charset is in the second. */
    byte[] forward(int octet) {
        return forward[octet];
    }

    /** The byte of the first charset for a character, or a byte, of the second; 0 when there is none. */
    int backward(int character) {
        byte[] table = character > 0xffff ? null : backward[character >> 8];
        return table == null ? 0 : table[character & 0xff] & 0xff;
    }
}
