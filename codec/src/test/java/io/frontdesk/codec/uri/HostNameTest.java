package io.frontdesk.codec.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    private static String parse(String host) {
        Bytes in = Bytes.of("x" + host + ":1");
        Bytes out = new Bytes();
        int port = HostName.parse(in.array(), 1, host.length(), out);
        return port == HostName.INVALID ? "invalid" : out + " " + port;
    }

    @ParameterizedTest
    @CsvSource({"a,a 0", "WWW.Example.ORG,www.example.org 0", "a.,a 0", "a.:80,a 80", "a:,a 0", "a:0080,a 80",
            "a:65535,a 65535",
            "_x-y~.z,_x-y~.z 0", "a%41,a%41 0", "1.2.3.4:5,1.2.3.4 5", ".a,.a 0", "[::1],[::1] 0", "[::1]:80,[::1] 80",
            "[2001:DB8::1],[2001:db8::1] 0", "[1:2:3:4:5:6:7:8],[1:2:3:4:5:6:7:8] 0", "[::],[::] 0", "[1::],[1::] 0",
            "[::ffff:1.2.3.4],[::ffff:1.2.3.4] 0", "[1:2:3:4:5:6:1.2.3.4],[1:2:3:4:5:6:1.2.3.4] 0",
            "[1:2:3:4:5:6:7::],[1:2:3:4:5:6:7::] 0", "[V1f.a:b~]:8,[v1f.a:b~] 8"})
    void normalises(String host, String expected) {
        assertThat(parse(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a..", "a..b", ":80", "a b", "a\u00e9", "a@b", "a#", "a/", "a?", "a\\", "a^",
            "a\0", "a\t",
            "a:8a", "a:65536", "a:99999999999", "a:80:", "a:-1", "[", "[]", "[::1", "[::1]x", "[::1]80", "[::zz]",
            "[1]", "[:]",
            "[:::]", "[1::2::3]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[12345::]",
            "[::1.2.3]",
            "[::1.2.3.256]", "[::1.2.3.4.5]", "[::01.2.3.4]", "[1:2:3:4:5:6:7:1.2.3.4]", "[::1%25eth0]", "[1:]", "[:1]",
            "[1.2.3.4]",
            "[v.a]", "[v1.]", "[v1a]", "[vg.a]", "[v1.a%41]", "[v1.a]x", "::1", "[[::1]]"})
    void refuses(String host) {
        assertThat(parse(host)).isEqualTo("invalid");
    }
}
