package io.frontdesk.modules.autoindex;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.RequestUri;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingsTest {
    private static final long TIME = 1_700_000_000;

    private static String html(boolean exact, boolean utf8, Entry... entries) {
        RequestUri uri = new RequestUri();
        uri.path("/<a>/");
        Bytes out = new Bytes();
        new HtmlListing(false, exact, utf8).write(uri, List.of(entries), out);
        return out.toString();
    }

    private static Entry file(String name, long size) {
        return new Entry(name, false, true, TIME, size);
    }

    @Test
    void writesAPage() {
        assertThat(html(true, false, new Entry("dir", true, false, TIME, 0), file("a&b:c", 7))).isEqualTo(
                """
                        <html>
                        <head><title>Index of /&lt;a&gt;/</title></head>
                        <body>
                        <h1>Index of /&lt;a&gt;/</h1><hr><pre><a href="../">../</a>
                        <a href="dir/">dir/</a>                                               14-Nov-2023 22:13                   -
                        <a href="a%26b%3Ac">a&amp;b:c</a>                                              \
                        14-Nov-2023 22:13                   7
                        </pre><hr></body>
                        </html>
                        """
                        .replace("\n", "\r\n"));
    }

    @Test
    void cutsLongNamesByCharacters() {
        String letter = "\u00d1\u0084";
        assertThat(html(true, true, file(letter.repeat(50), 0))).contains(">" + letter.repeat(50) + "</a> 14");
        assertThat(html(true, true, file(letter.repeat(51), 0))).contains(">" + letter.repeat(47) + "..&gt;</a> 14");
        assertThat(html(true, false, file("x".repeat(51), 0))).contains(">" + "x".repeat(47) + "..&gt;</a> 14");
        assertThat(html(true, true, file("\u00ff".repeat(51), 0))).contains("..&gt;</a> 14");
    }

    @Test
    void roundsSizes() {
        assertThat(html(false, false, file("a", 9999))).contains(":13    9999\r");
        assertThat(html(false, false, file("a", 10000))).contains(":13     10K\r");
        assertThat(html(false, false, file("a", 1 << 20))).contains(":13      1M\r");
        assertThat(html(false, false, file("a", (3L << 30) + (1L << 29)))).contains(":13      4G\r");
    }

    @Test
    void writesJson() {
        Bytes out = new Bytes();
        JsonListing.write(List.of(new Entry("d", true, false, TIME, 0), file("\"\\\n\u0001", 3)), "f", out);
        assertThat(out.toString()).isEqualTo("/* callback */\r\nf([\r\n"
                + "{ \"name\":\"d\", \"type\":\"directory\", \"mtime\":\"Tue, 14 Nov 2023 22:13:20 GMT\" },\r\n"
                + "{ \"name\":\"\\\"\\\\\\n\\u0001\", \"type\":\"file\", "
                + "\"mtime\":\"Tue, 14 Nov 2023 22:13:20 GMT\", \"size\":3 }\r\n]);");
    }

    @Test
    void writesXml() {
        Bytes out = new Bytes();
        XmlListing.write(List.of(file("<&>", 3), new Entry("s", false, false, TIME, 0)), out);
        assertThat(out.toString()).isEqualTo("<?xml version=\"1.0\"?>\r\n<list>\r\n"
                + "<file mtime=\"2023-11-14T22:13:20Z\" size=\"3\">&lt;&amp;&gt;</file>\r\n"
                + "<other mtime=\"2023-11-14T22:13:20Z\">s</other>\r\n</list>\r\n");
    }
}
