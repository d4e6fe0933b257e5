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
    void escapesWhereverItStands() {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 20; after++) {
                Bytes in = Bytes.of("x" + "a".repeat(before) + "\"\u00e9\u007f" + "b".repeat(after));
                Bytes out = new Bytes();
                LogEscape.DEFAULT.escape(in.array(), 1, in.length() - 1, out);
                assertThat(out).hasToString("a".repeat(before) + "\\x22\\xE9\\x7F" + "b".repeat(after));
                out.clear();
                LogEscape.JSON.escape(in.array(), 1, in.length() - 1, out);
                assertThat(out).hasToString("a".repeat(before) + "\\\"\u00e9\u007f" + "b".repeat(after));
            }
        }
    }

    @Test
    void findsTheFirstThatIsEscaped() {
        Bytes in = Bytes.of("some/path\u00e9/and\"more");
        assertThat(LogEscape.DEFAULT.firstEscaped(in.array(), 0, in.length())).isEqualTo(9);
        assertThat(LogEscape.JSON.firstEscaped(in.array(), 0, in.length())).isEqualTo(14);
        assertThat(LogEscape.NONE.firstEscaped(in.array(), 0, in.length())).isEqualTo(in.length());
        assertThat(LogEscape.DEFAULT.firstEscaped(in.array(), 2, 9)).isEqualTo(9);
    }

    @Test
    void escapesForPages() {
        Bytes in = Bytes.of("<a href=\"x\">&'");
        Bytes out = new Bytes();
        HtmlEscape.escape(in.array(), 0, in.length(), out);
        assertThat(out).hasToString("&lt;a href=&quot;x&quot;&gt;&amp;'");
    }
}
