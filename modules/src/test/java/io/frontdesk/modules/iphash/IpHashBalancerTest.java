package io.frontdesk.modules.iphash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last column is the server that nginx 1.31.5 chose of three with the weights 1, 3 and 2. */
class IpHashBalancerTest {
    @ParameterizedTest
    @CsvSource({"10.0.0.1, 3, 2", "10.0.0.99, 3, 2", "192.168.7.7, 3, 3", "8.8.8.8, 3, 3", "2001:db8::1, 16, 2",
            "2001:db8::2, 16, 2", "fe80::1234, 16, 3", "::1, 16, 3", "2a00:1450::5, 16, 2", "127.44.1.1, 3, 1"})
    void hashesAsNginxDoes(String address, int length, int server) throws UnknownHostException {
        int hash = IpHashBalancer.next(89, InetAddress.getByName(address).getAddress(), length) % 6;
        assertThat(hash == 0 ? 1 : hash < 4 ? 2 : 3).isEqualTo(server);
    }
}
