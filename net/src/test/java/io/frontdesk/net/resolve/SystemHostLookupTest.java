package io.frontdesk.net.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.AddressText;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemHostLookupTest {
    private static final InetAddress V4 = AddressText.literal("192.0.2.1");
    private static final InetAddress V6 = AddressText.literal("2001:db8::1");

    @Test
    void findsThisMachine() {
        assertThat(HostLookup.system().addresses("localhost")).contains(AddressText.literal("127.0.0.1"));
    }

    @Test
    void findsNothingForANameThatCantExist() {
        assertThat(HostLookup.system().addresses("")).isEmpty();
        assertThat(HostLookup.system().addresses("no such host")).isEmpty();
    }

    @Test
    void leavesOutAFamilyThatTheMachineHasNotAndKeepsTheOrder() {
        assertThat(SystemHostLookup.usable(List.of(V6, V4), true, false)).containsExactly(V4);
        assertThat(SystemHostLookup.usable(List.of(V4, V6), false, true)).containsExactly(V6);
        assertThat(SystemHostLookup.usable(List.of(V6, V4), true, true)).containsExactly(V6, V4);
        assertThat(SystemHostLookup.usable(List.of(V6, V4), false, false)).containsExactly(V6, V4);
    }
}
