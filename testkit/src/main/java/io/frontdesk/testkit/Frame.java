package io.frontdesk.testkit;

/**
 * A frame of HTTP/2 that a test reads. A value.
 *
 * @param type    its number
 * @param flags   its flags
 * @param stream  its stream
 * @param payload a byte string
 */
public record Frame(int type, int flags, int stream, String payload) {
    /** DATA. */
    public static final int DATA = 0;
    /** HEADERS. */
    public static final int HEADERS = 1;
    /** PRIORITY. */
    public static final int PRIORITY = 2;
    /** RST_STREAM. */
    public static final int RST_STREAM = 3;
    /** SETTINGS. */
    public static final int SETTINGS = 4;
    /** PUSH_PROMISE. */
    public static final int PUSH_PROMISE = 5;
    /** PING. */
    public static final int PING = 6;
    /** GOAWAY. */
    public static final int GOAWAY = 7;
    /** WINDOW_UPDATE. */
    public static final int WINDOW_UPDATE = 8;
    /** CONTINUATION. */
    public static final int CONTINUATION = 9;

    /** END_STREAM, and ACK of SETTINGS and PING. */
    public static final int END = 1;
    /** END_HEADERS. */
    public static final int END_HEADERS = 4;

    /** Whether the stream ends with it, or it is an ACK. */
    public boolean isEnd() {
        return (flags & END) != 0;
    }

    /** A number of four bytes as a byte string. */
    public static String number(long value) {
        return "" + (char) (value >> 24 & 0xff) + (char) (value >> 16 & 0xff) + (char) (value >> 8 & 0xff)
                + (char) (value & 0xff);
    }

    /** A setting as a byte string. */
    public static String setting(int id, long value) {
        return "\0" + (char) id + number(value);
    }

    /** A header block of these lines, {@code name: value}, in plain literals. */
    public static String block(String... lines) {
        StringBuilder block = new StringBuilder();
        for (String line : lines) {
            int colon = line.indexOf(':', 1);
            block.append('\0').append(literal(line.substring(0, colon)))
                    .append(literal(line.substring(colon + 1).replaceFirst("^ ", "")));
        }
        return block.toString();
    }

    private static String literal(String text) {
        StringBuilder literal = new StringBuilder();
        int length = text.length();
        if (length < 127) {
            literal.append((char) length);
        } else {
            literal.append((char) 127);
            for (length -= 127; length >= 128; length >>= 7) {
                literal.append((char) (length & 127 | 128));
            }
            literal.append((char) length);
        }
        return literal.append(text).toString();
    }
}
