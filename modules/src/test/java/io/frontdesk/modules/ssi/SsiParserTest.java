package io.frontdesk.modules.ssi;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SsiParserTest {
    /** Reads a page in parts of a size: text as it is, commands in braces, problems as an exclamation mark. */
    private static String read(String page, int size) {
        SsiParser parser = new SsiParser(16);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < page.length(); i += size) {
            ByteBuf part = Unpooled.copiedBuffer(page.substring(i, Math.min(page.length(), i + size)),
                    StandardCharsets.ISO_8859_1);
            read(parser, part, out);
        }
        return out.append(SsiParser.OPENING, 0, parser.rest()).toString();
    }

    private static void read(SsiParser parser, ByteBuf part, StringBuilder out) {
        while (true) {
            switch (parser.read(part)) {
                case NEED_MORE -> {
                    return;
                }
                case TEXT -> out.append(SsiParser.OPENING, 0, parser.carried()).append(part
                        .toString(parser.textOffset(), parser.textLength(), StandardCharsets.ISO_8859_1));
                case COMMAND -> out.append('{').append(parser.command().text()).append('}');
                case PROBLEM -> out.append('!');
            }
        }
    }

    private static void reads(String page, String expected) {
        for (int size = 1; size <= page.length(); size++) {
            assertThat(read(page, size)).as("in parts of %d", size).isEqualTo(expected);
        }
    }

    @Test
    void tellsTextFromCommands() {
        reads("a<!--#echo var=\"x\" -->b", "a{<!--#echo var=\"x\" -->}b");
        reads("<!--#if expr='a' --><!--#endif -->", "{<!--#if expr=\"a\" -->}{<!--#endif -->}");
        reads("<!--#\r\n\tset var = \"a\" value= 'b'-->", "{<!--#set var=\"a\" value=\"b\" -->}");
    }

    @Test
    void leavesWhatOnlyLooksLikeACommand() {
        for (String text : new String[]{"<", "<<", "<!", "<!-", "<!--", "<!-- x -->", "<!-<!--<!x", "a<b>c</b>",
                "<<!--",
                "<!--<!-- #"}) {
            reads(text, text);
            reads(text + "<!--#endif -->", text + "{<!--#endif -->}");
        }
    }

    @Test
    void keepsBackslashesOfValues() {
        reads("<!--#x a=\"1\\\"2\" -->", "{<!--#x a=\"1\\\"2\" -->}");
    }

    @Test
    void seesProblemsThroughToTheEndOfTheCommand() {
        reads("a<!--#echo var -->b", "a!b");
        reads("a<!--#echo var=x -->b", "a!b");
        reads("a<!--#echo x y -->b", "a!b");
        reads("a<!--#echo x=\"y\"z -->b", "a!b");
        reads("a<!--#echo -x-->b", "a!b");
        reads("a<!--#" + "x".repeat(33) + " -->b", "a!b");
        reads("a<!--#echo x=\"" + "y".repeat(17) + "\" -->b", "a!b");
    }

    @Test
    void dropsACommandThatNeverEnds() {
        reads("a<!--#echo var=\"b", "a");
    }
}
