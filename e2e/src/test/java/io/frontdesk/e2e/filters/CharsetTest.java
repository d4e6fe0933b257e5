package io.frontdesk.e2e.filters;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** charset. */
class CharsetTest {
    private static final String CONFIG = """
            http {
                types { text/html html; image/png png; }
                charset_map koi8-r utf-8 { C1 D0B0; C2 D0B1; 80 E282AC; }
                charset_map koi8-r windows-1251 { C1 E0; C2 E1; }
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    location / { charset utf-8; }
                    location /types/ { charset utf-8; charset_types image/png; }
                    location /by/ { charset $arg_c; }
                    location /to-utf8/ { charset utf-8; source_charset koi8-r; }
                    location /from-utf8/ { charset koi8-r; source_charset UTF-8; }
                    location /win/ { charset windows-1251; source_charset koi8-r; }
                    location /not/ { charset $arg_c; source_charset koi8-r; }
                }
            }
            """;

    @Test
    void namesTheCharsetOfTexts() {
        try (Frontdesk server = Frontdesk.file("html/f.html", "").file("html/f.png", "").file("html/types/f.png", "")
                .file("html/types/f.html", "").file("html/by/f.html", "").start(CONFIG)) {
            assertThat(server.get("/f.html").field("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(server.get("/f.png").field("Content-Type")).isEqualTo("image/png");
            assertThat(server.get("/types/f.png").field("Content-Type")).isEqualTo("image/png; charset=utf-8");
            assertThat(server.get("/types/f.html").field("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(server.get("/by/f.html?c=x").field("Content-Type")).isEqualTo("text/html; charset=x");
            assertThat(server.get("/nothing").field("Content-Type")).isEqualTo("text/html; charset=utf-8");
        }
    }

    @Test
    void recodesBetweenCharsetsOfOneByte() {
        try (Frontdesk server = Frontdesk.file("html/win/f.html", "a\u00c1\u00c2\u00c3").start(CONFIG)) {
            assertThat(server.get("/win/f.html").body()).isEqualTo("a\u00e0\u00e1?");
        }
    }

    @Test
    void recodesToUtf8() {
        try (Frontdesk server = Frontdesk.file("html/to-utf8/f.html", "a\u00c1\u0080\u00c3").start(CONFIG)) {
            assertThat(server.get("/to-utf8/f.html").body()).isEqualTo("a\u00d0\u00b0\u00e2\u0082\u00ac?");
            assertThat(server.get("/to-utf8/f.html").field("Transfer-Encoding")).isEqualTo("chunked");
        }
    }

    @Test
    void recodesFromUtf8AcrossTheBordersOfParts() {
        // long enough to be read in parts; a border falls into a character
        String text = "\u00d0\u00b0\u00e2\u0082\u00ac".repeat(40_000);
        String end = "\u00f0\u009f\u0098\u0080\u00ff\u00d0\u00d0\u00b1\u00e2\u0082";
        try (Frontdesk server = Frontdesk.file("html/from-utf8/f.html", text + end).start(CONFIG)) {
            String body = server.get("/from-utf8/f.html").body();
            assertThat(body.equals("\u00c1\u0080".repeat(40_000) + "&#128512;??\u00c2?")).isTrue();
        }
    }

    @Test
    void leavesAloneWhatItHasNoMapFor() {
        try (Frontdesk server = Frontdesk.file("html/not/f.html", "\u00c1").start(CONFIG)) {
            assertThat(server.get("/not/f.html?c=latin1").field("Content-Type")).isEqualTo("text/html");
            assertThat(server.get("/not/f.html?c=utf-8").body()).isEqualTo("\u00d0\u00b0");
            assertThat(server.errorLog())
                    .contains("no \"charset_map\" between the charsets \"koi8-r\" and \"latin1\"");
        }
    }

    @Test
    void refusesWrongMapsAtLoad() {
        assertThat(Frontdesk.refusal("http { charset_map a A { } }")).contains("between the same charsets");
        assertThat(Frontdesk.refusal("http { charset_map utf-8 a { } }"))
                .contains("should be given in the second column");
        assertThat(Frontdesk.refusal("http { charset_map a b { } charset_map B A { } }"))
                .contains("duplicate \"charset_map\" between \"B\" and \"A\"");
        assertThat(Frontdesk.refusal("http { charset_map a b { 100 20; } }")).contains("invalid value \"100\"");
        assertThat(Frontdesk.refusal("http { charset_map a utf-8 { 80 FF; } }")).contains("invalid value \"FF\"");
        assertThat(Frontdesk.refusal("http { charset_map a b { 10; } }")).contains("invalid parameters number");
        assertThat(Frontdesk.refusal("http { server { charset a; source_charset b; } }"))
                .contains("no \"charset_map\" between the charsets \"b\" and \"a\"");
    }
}
