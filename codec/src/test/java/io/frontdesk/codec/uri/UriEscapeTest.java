package io.frontdesk.codec.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriEscapeTest {
    private static String kept(UriEscape set) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            if (!set.isEscaped(i)) {
                kept.append((char) i);
            }
        }
        return kept.toString();
    }

    @Test
    void keepsWhatEachSetAllows() {
        String alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        assertThat(kept(UriEscape.URI)).hasSameSizeAs(alphanumeric + "!$&'()*+,-./:;=@[]_~").contains("~", "&", "+",
                ";", "[");
        assertThat(kept(UriEscape.ARGS)).hasSameSizeAs(alphanumeric + "!$'()*,-./:=@[]_~").contains("=", "$");
        assertThat(kept(UriEscape.COMPONENT)).hasSameSizeAs(alphanumeric + "-._~");
        assertThat(kept(UriEscape.HTML)).hasSameSizeAs(alphanumeric + "!$&()*+,-./:;=?@[]_~").contains("?");
        assertThat(kept(UriEscape.REFRESH)).hasSameSizeAs(alphanumeric + "!#$%&()*+,-./:;=?@[]_}").contains("%", "#");
        assertThat(kept(UriEscape.MEMCACHED)).hasSize(256 - 34);
    }

    @Test
    void escapesRunsAndSingleOctets() {
        assertThat(UriEscape.URI.escape("/a b\r\n?%\u00e9/")).isEqualTo("/a%20b%0D%0A%3F%25%E9/");
        assertThat(UriEscape.URI.escape("/plain")).isEqualTo("/plain");
        assertThat(UriEscape.ARGS.escape("a+b&c=d")).isEqualTo("a%2Bb%26c=d");
        assertThat(UriEscape.COMPONENT.escape("a/b~")).isEqualTo("a%2Fb~");
    }

    @ParameterizedTest
    @CsvSource({"a%20b,a b", "%41%4a%4A,AJJ", "%zza,zza", "%4zb,b", "%,''", "a%4,a", "a?b%3f,a?b?"})
    void unescapes(String text, String expected) {
        Bytes in = Bytes.of(text);
        Bytes out = new Bytes();
        UriEscape.unescape(in.array(), 0, in.length(), out);
        assertThat(out).hasToString(expected);
    }

    @Test
    void stopsAtTheQueryWhereAPathIsMeant() {
        Bytes in = Bytes.of("a%3fb?c%41");
        Bytes out = new Bytes();
        assertThat(UriEscape.unescapePath(in.array(), 0, in.length(), out)).isEqualTo(5);
        assertThat(out).hasToString("a?b");
    }
}
