package io.frontdesk.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    private static Cidr cidr(String text) {
        Cidr cidr = Cidr.parse(text);
        assertThat(cidr).as(text).isNotNull();
        return cidr;
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.1.2, true", "10.0.0.0/8, 11.0.0.0, false", "192.168.1.0/25, 192.168.1.127, true",
            "192.168.1.0/25, 192.168.1.128, false", "1.2.3.4, 1.2.3.4, true", "1.2.3.4, 1.2.3.5, false",
            "0.0.0.0/0, 255.255.255.255, true", "2001:db8::/33, 2001:db8:7fff::1, true",
            "2001:db8::/33, 2001:db8:8000::1, false", "::/0, ::1, true", "::1, ::2, false"})
    void holdsTheAddressesOfItsPrefix(String block, String address, boolean expected) throws Exception {
        assertThat(cidr(block).contains(InetAddress.getByName(address).getAddress(), 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/a", "10.0.0/8",
            "host", "10.0.0.0/8/8", "10.0.0.0/99999999999"})
    void refusesWhatIsNoBlock(String text) {
        assertThat(Cidr.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1/8, true", "10.0.0.0/8, false", "::1/64, true", "1.2.3.4/32, false"})
    void noticesBitsBeyondThePrefix(String text, boolean expected) {
        assertThat(cidr(text).hadHostBits()).isEqualTo(expected);
    }
}
