package io.frontdesk.codec.text;

import io.frontdesk.codec.Bytes;

/** Escaping of untrusted bytes inside an HTML page. Stateless. */
public final class HtmlEscape {
    private HtmlEscape() {}

    /** Appends the bytes with {@code < > & "} as entities. */
    public static void escape(byte[] array, int offset, int length, Bytes out) {
        for (int i = offset; i < offset + length; i++) {
            switch (array[i]) {
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '&' -> out.write("&amp;");
                case '"' -> out.write("&quot;");
                default -> out.write(array[i]);
            }
        }
    }
}
