package io.frontdesk.codec.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import org.junit.jupiter.api.Test;

class LogEscapeTest {
    private static final String RAW = "a\"b\\c\r\n\t\b\f\0\u001f\u007f\u0080\u00ff/<>&z";

    private static void assertEscapes(LogEscape escape, String expected) {
        Bytes in = Bytes.of(RAW);
        Bytes out = new Bytes();
        escape.escape(in.array(), 0, in.length(), out);
        assertThat(out).hasToString(expected);
        out.clear();
        escape.escape(RAW, out);
        assertThat(out).hasToString(expected);
    }

    @Test
    void escapesAsNginxByDefault() {
        assertEscapes(LogEscape.DEFAULT, "a\\x22b\\x5Cc\\x0D\\x0A\\x09\\x08\\x0C\\x00\\x1F\\x7F\\x80\\xFF/<>&z");
    }

    @Test
    void escapesWhatAJsonStringMustNotHold() {
        assertEscapes(LogEscape.JSON, "a\\\"b\\\\c\\r\\n\\t\\b\\f\\u0000\\u001F\u007f\u0080\u00ff/<>&z");
    }

    @Test
    void leavesAllAloneWhenToldSo() {
        assertEscapes(LogEscape.NONE, RAW);
    }

    @Test
    void escapesForPages() {
        Bytes in = Bytes.of("<a href=\"x\">&'");
        Bytes out = new Bytes();
        HtmlEscape.escape(in.array(), 0, in.length(), out);
        assertThat(out).hasToString("&lt;a href=&quot;x&quot;&gt;&amp;'");
    }
}
