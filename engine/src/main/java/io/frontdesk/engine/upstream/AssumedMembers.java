package io.frontdesk.engine.upstream;

import io.frontdesk.engine.trace.Trace;
import java.net.InetSocketAddress;
import java.util.List;

/** Explain: names that are looked up while requests run stand for themselves, as nobody looks them up. Stateless. */
final class AssumedMembers {
    private AssumedMembers() {}

    /** Puts a server for each name into a group that has none for it yet. */
    static void of(Upstream upstream, Trace trace) {
        for (NamedServer named : upstream.names()) {
            if (upstream.peers().stream().noneMatch(peer -> peer.origin() == named)) {
                String name = named.isService()
                        ? named.service() + " of " + named.host()
                        : named.host() + ":" + named.port();
                PeerAddress unknown = new PeerAddress(name,
                        InetSocketAddress.createUnresolved(named.host(), named.port()), null);
                upstream.members(PeerUpdate.of(upstream, named, List.of(
                        new PeerUpdate.Found(unknown, named.text(), named.parameters().weight(), false))));
            }
            trace.step("resolver", null, named.isService()
                    ? "the servers of the service " + named.service() + " of " + named.host()
                            + " are looked up while requests run"
                    : "the addresses of " + named.host() + " are looked up while requests run");
        }
    }
}
