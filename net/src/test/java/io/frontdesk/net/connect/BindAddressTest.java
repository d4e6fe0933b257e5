package io.frontdesk.net.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.AddressText;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1, 0", "127.0.0.1:80, 127.0.0.1, 80", "::1, ::1, 0", "[::1], ::1, 0",
            "[::1]:9, ::1, 9"})
    void readsAnAddress(String value, String host, int port) {
        assertThat(BindAddress.parse(value, null))
                .isEqualTo(new BindAddress.From(new InetSocketAddress(AddressText.literal(host), port)));
    }

    @Test
    void leavesItToTheKernelWhenOff() {
        assertThat(BindAddress.parse("off", null)).isEqualTo(new BindAddress.Any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "", ":80"})
    void refusesWhatIsNoAddress(String value) {
        assertThat(BindAddress.parse(value, null))
                .isEqualTo(new BindAddress.Refused("invalid address \"" + value + "\""));
    }

    @Test
    void refusesTransparentClearly() {
        assertThat(BindAddress.parse("127.0.0.1", "transparent"))
                .isEqualTo(BindAddress.parse("127.0.0.1", null));
        assertThat(BindAddress.parse("127.0.0.1", "x")).isEqualTo(new BindAddress.Refused("invalid parameter \"x\""));
    }
}
