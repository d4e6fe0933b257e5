package io.frontdesk.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.listen.ListenAddress.Parsed;
import io.frontdesk.net.resolve.HostLookup;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
    private static final HostLookup HOSTS = host -> switch (host) {
        case "localhost" -> addresses("127.0.0.1", "::1", "127.0.0.1");
        case "my-host", "80-x", "my-80" -> addresses("192.0.2.7");
        default -> List.of();
    };

    @ParameterizedTest
    @CsvSource({"80, 0.0.0.0:80", "8000-8002, 0.0.0.0:8000 0.0.0.0:8001 0.0.0.0:8002", "*, 0.0.0.0:80",
            "*:8080, 0.0.0.0:8080", "127.0.0.1, 127.0.0.1:80", "127.0.0.1:65535, 127.0.0.1:65535",
            "127.0.0.1:1-2, 127.0.0.1:1 127.0.0.1:2", "[::], [::]:80", "[::]:443, [::]:443",
            "[::1]:7-8, [::1]:7 [::1]:8",
            "[::ffff:127.0.0.1]:80, [::ffff:127.0.0.1]:80", "[2001:db8:0:0::1]:80, [2001:db8::1]:80",
            "localhost:90, 127.0.0.1:90 [::1]:90", "localhost, 127.0.0.1:80 [::1]:80", "my-host, 192.0.2.7:80",
            "80-x, 192.0.2.7:80", "my-80, 192.0.2.7:80", "unix:/run/x.sock, unix:/run/x.sock",
            "UNIX:relative, unix:relative"})
    void reads(String value, String expected) {
        assertThat(ListenAddress.parse(value, HOSTS)).isInstanceOfSatisfying(Parsed.Found.class,
                found -> assertThat(String.join(" ", found.addresses().stream().map(ListenAddress::text).toList()))
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"0, invalid port", "65536, invalid port", "127.0.0.1:, invalid port", "127.0.0.1:x, invalid port",
            "127.0.0.1:0, invalid port", "*:99999999999, invalid port", "9-8, invalid port range",
            "8-70000, invalid port", "[::1]:9-8, invalid port range", ":80, no host", "[]:80, no host",
            "[::1, invalid host", "[::1]80, invalid host", "[127.0.0.1]:80, invalid IPv6 address",
            "[::1%lo]:80, invalid IPv6 address", "127.0.0.1/x, invalid host", "a?b, invalid host",
            "nowhere:80, host not found", "nowhere:80:90, invalid port", "unix:, no path in the unix domain socket",
            "-, host not found", "-5, host not found"})
    void refuses(String value, String reason) {
        assertThat(ListenAddress.parse(value, HOSTS)).isEqualTo(new Parsed.Refused(reason));
    }

    @Test
    void refusesAPathThatTheKernelCouldNotHold() {
        assertThat(ListenAddress.parse("unix:/" + "x".repeat(106), HOSTS)).isInstanceOf(Parsed.Found.class);
        assertThat(ListenAddress.parse("unix:/" + "x".repeat(107), HOSTS))
                .isEqualTo(new Parsed.Refused("too long path in the unix domain socket"));
    }

    @Test
    void isEqualWhereTheSocketIsTheSame() {
        assertThat(ListenAddress.parse("*:80", HOSTS)).isEqualTo(ListenAddress.parse("0.0.0.0", HOSTS));
        assertThat(ListenAddress.parse("[::0]", HOSTS)).isEqualTo(ListenAddress.parse("[::]:80", HOSTS));
        assertThat(ListenAddress.parse("*:80", HOSTS)).isNotEqualTo(ListenAddress.parse("[::]:80", HOSTS));
    }

    @Test
    void knowsAWildcard() {
        assertThat(first("80").wildcard()).isTrue();
        assertThat(first("[::]:80").wildcard()).isTrue();
        assertThat(first("127.0.0.1:80").wildcard()).isFalse();
        assertThat(first("unix:/x").wildcard()).isFalse();
    }

    private static ListenAddress first(String value) {
        return ((Parsed.Found) ListenAddress.parse(value, HOSTS)).addresses().getFirst();
    }

    private static List<InetAddress> addresses(String... literals) {
        return java.util.Arrays.stream(literals).map(AddressText::literal).toList();
    }
}
