package io.frontdesk.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.loop.Transport;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
            "::ffff:10.0.0.1, ::ffff:10.0.0.1",
            "::, ::", "1:0:0:2:0:0:0:3, 1:0:0:2::3", "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
            "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
            "64:ff9b::1.2.3.4, 64:ff9b::102:304", "::1.2.3.4, ::1.2.3.4", "1::, 1::", "::0:2, ::2",
            "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304", "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0", "010.1.1.1, 10.1.1.1"})
    void printsWhatItReads(String literal, String text) {
        assertThat(AddressText.host(AddressText.literal(literal))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.256", "localhost", "fe80::1%lo", "[::1]", "1.2.3.4:80", ":",
            "0x7f.0.0.1", "1..2.3", "1.2.3.4.5", "1.2.3.4.", "::1::", ":::", "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "::1.2.3", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4",
            "1:",
            ":1", "g::", "1:2::3::4"})
    void takesOnlyLiterals(String text) {
        assertThat(AddressText.literal(text)).isNull();
    }

    @Test
    void printsPortsAsNginx() {
        assertThat(AddressText.of(new InetSocketAddress(AddressText.literal("127.0.0.1"), 80)))
                .isEqualTo("127.0.0.1:80");
        assertThat(AddressText.of(new InetSocketAddress(AddressText.literal("::1"), 80))).isEqualTo("[::1]:80");
        assertThat(AddressText.of(UnixDomainSocketAddress.of("/x"))).isEqualTo("unix:/x");
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheBytesOfAPath(Transport transport) {
        // "é" as the two bytes that it has in UTF-8.
        assertThat(AddressText.of(transport.unixAddress("/\u00c3\u00a9"))).isEqualTo("unix:/\u00c3\u00a9");
    }
}
