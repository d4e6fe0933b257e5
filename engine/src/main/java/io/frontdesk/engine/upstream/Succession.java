package io.frontdesk.engine.upstream;

import io.frontdesk.net.ControlPlane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream takes over from the one of the same name in the configuration before: the states of servers that both have, and the
 * addresses that were found for names that both look up. Control plane, one thread.
 */
@ControlPlane("the engine's thread, as it goes over to another configuration")
final class Succession {
    private final Map<String, Deque<PeerState>> states = new HashMap<>();

    private final List<PeerState> taken = new ArrayList<>();

    private Succession(Members before) {
        keep(before.primary());
        PeerGroup backup = before.backup();
        if (backup != null) {
            keep(backup);
        }
    }

    /** Who is in the new upstream. */
    static Members of(Upstream upstream, Upstream before) {
        Succession succession = new Succession(before.members());
        Members now = upstream.members();
        PeerGroup backup = now.backup();
        Members next = Members.of(succession.take(now.primary(), found(upstream, before, false)),
                backup == null ? null : succession.take(backup, found(upstream, before, true)), upstream.balancer());
        if (upstream.initialHealth() == PeerHealth.UNCHECKED) {
            // Who is not checked any more must not stay out of use for ever.
            for (PeerState state : succession.taken) {
                state.begin(PeerHealth.UNCHECKED);
            }
        }
        return next;
    }

    private void keep(PeerGroup group) {
        for (Peer peer : group.peers()) {
            states.computeIfAbsent(peer.name(), name -> new ArrayDeque<>()).add(peer.state());
        }
    }

    /** nginx: zone_preresolve; it begins with the addresses that are known, under the parameters of the new line. */
    private static List<Peer> found(Upstream upstream, Upstream before, boolean reserve) {
        List<Peer> found = new ArrayList<>();
        for (NamedServer named : upstream.names()) {
            NamedServer like = like(named, before);
            if (like == null) {
                continue;
            }
            Members old = before.members();
            PeerGroup backup = old.backup();
            if (named.parameters().backup() == reserve) {
                add(found, named, like, like.parameters().backup() && backup != null ? backup : old.primary());
            } else if (reserve && named.isService() && !like.parameters().backup() && backup != null) {
                add(found, named, like, backup);
            }
        }
        return found;
    }

    private static @Nullable NamedServer like(NamedServer named, Upstream before) {
        for (NamedServer candidate : before.names()) {
            if (named.isLike(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static void add(List<Peer> found, NamedServer named, NamedServer like, PeerGroup from) {
        for (Peer old : from.peers()) {
            if (old.origin() != like) {
                continue;
            }
            ServerParameters p = named.parameters();
            int weight = named.isService() && p.weight() == 1 ? old.parameters().weight() : p.weight();
            PeerAddress address = named.isService() ? old.address() : old.address().withPort(named.port());
            found.add(new Peer(address, named.isService() ? old.server() : named.text(), p.withWeight(weight), named,
                    0, new PeerState(weight)));
        }
    }

    private List<Peer> take(PeerGroup group, List<Peer> more) {
        List<Peer> all = new ArrayList<>();
        for (Peer peer : group.peers()) {
            all.add(known(peer));
        }
        for (Peer peer : more) {
            all.add(known(peer));
        }
        return all;
    }

    private Peer known(Peer peer) {
        Deque<PeerState> kept = states.get(peer.name());
        PeerState state = kept == null ? null : kept.poll();
        if (state == null) {
            return peer;
        }
        taken.add(state);
        state.reweigh(peer.parameters().weight());
        return peer.with(state);
    }
}
