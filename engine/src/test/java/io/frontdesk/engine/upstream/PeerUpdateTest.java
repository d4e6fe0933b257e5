package io.frontdesk.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.AddressText;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PeerUpdateTest {
    private final NamedServer named = new NamedServer("a.example", "http", 80, "a.example", ServerParameters.DEFAULT);
    private final Upstream upstream = new UpstreamBuilder("u")
            .server(List.of(address("10.0.0.9", 80)), "10.0.0.9", ServerParameters.DEFAULT).server(named).build();

    private static PeerAddress address(String ip, int port) {
        return PeerAddress.of(Objects.requireNonNull(AddressText.literal(ip)), port);
    }

    private static PeerUpdate.Found found(String ip, int weight, boolean reserve) {
        return new PeerUpdate.Found(address(ip, 80), "x.example", weight, reserve);
    }

    private void update(PeerUpdate.Found... found) {
        upstream.members(PeerUpdate.of(upstream, named, List.of(found)));
    }

    private List<String> names() {
        return upstream.peers().stream().map(Peer::name).toList();
    }

    @Test
    void keepsTheStateOfWhoIsFoundAgain() {
        update(found("10.0.0.1", 1, false), found("10.0.0.2", 1, false));
        PeerState second = upstream.primary().peer(2).state();
        update(found("10.0.0.3", 1, false), found("10.0.0.2", 1, false));
        assertThat(names()).containsExactly("10.0.0.9:80", "10.0.0.2:80", "10.0.0.3:80");
        assertThat(upstream.primary().peer(1).state()).isSameAs(second);
        assertThat(upstream.primary().peer(1).index()).isEqualTo(1);
    }

    @Test
    void takesAnotherWeightForAnotherServer() {
        update(found("10.0.0.1", 1, false));
        PeerState before = upstream.primary().peer(1).state();
        update(found("10.0.0.1", 5, false));
        assertThat(upstream.primary().peer(1).state()).isNotSameAs(before);
        assertThat(upstream.primary().totalWeight()).isEqualTo(6);
    }

    @Test
    void holdsTwoOfTheSameAddress() {
        update(found("10.0.0.1", 1, false), found("10.0.0.1", 1, false));
        update(found("10.0.0.1", 1, false), found("10.0.0.1", 1, false));
        assertThat(names()).containsExactly("10.0.0.9:80", "10.0.0.1:80", "10.0.0.1:80");
        assertThat(upstream.primary().peer(1).state()).isNotSameAs(upstream.primary().peer(2).state());
        update();
        assertThat(names()).containsExactly("10.0.0.9:80");
        assertThat(upstream.primary().isSingle()).isTrue();
    }

    @Test
    void putsRecordsOfALowerPriorityAmongTheBackupServers() {
        update(found("10.0.0.1", 1, false), found("10.0.0.2", 1, true));
        assertThat(Objects.requireNonNull(upstream.backup()).peer(0).name()).isEqualTo("10.0.0.2:80");
        assertThat(upstream.primary().size()).isEqualTo(2);
    }
}
