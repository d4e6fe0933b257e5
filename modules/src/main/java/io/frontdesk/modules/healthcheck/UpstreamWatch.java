package io.frontdesk.modules.healthcheck;

import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerHealth;
import io.frontdesk.engine.upstream.PeerState;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.worker.Worker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checks of all servers of one upstream, those included that come and go. Made and stopped by the control plane; all else happens on
 * one loop.
 */
final class UpstreamWatch {
    private final Worker worker;
    private final Upstream upstream;
    private final List<HealthCheck.Placed> checks;
    private final Map<PeerState, PeerWatch> peers = new IdentityHashMap<>();
    private boolean stopped;

    UpstreamWatch(Worker worker, Upstream upstream, List<HealthCheck.Placed> checks) {
        this.worker = worker;
        this.upstream = upstream;
        this.checks = checks;
    }

    /** Says what servers are taken for before their first check, and begins to check. Control plane. */
    void start() {
        PeerHealth initial = upstream.initialHealth();
        boolean keeps = checks.stream().filter(placed -> placed.check().line().mandatory())
                .allMatch(placed -> placed.check().line().persistent());
        for (Peer peer : upstream.peers()) {
            // What was known before a reload is still true, unless a mandatory check is not persistent.
            boolean isKnown = peer.state().health() == PeerHealth.HEALTHY
                    || peer.state().health() == PeerHealth.UNHEALTHY;
            if (!isKnown || !keeps && initial == PeerHealth.CHECKING) {
                peer.state().begin(initial);
            }
        }
        upstream.watcher(() -> worker.loop().execute(this::lookAround));
        worker.loop().execute(this::lookAround);
    }

    /** Control plane. */
    void stop() {
        upstream.watcher(null);
        worker.loop().execute(() -> {
            stopped = true;
            peers.values().forEach(PeerWatch::stop);
            peers.clear();
        });
    }

    private void lookAround() {
        if (stopped) {
            return;
        }
        Set<PeerState> present = new HashSet<>();
        for (Peer peer : upstream.peers()) {
            present.add(peer.state());
            if (!peers.containsKey(peer.state()) && !peer.parameters().down()) {
                PeerWatch watch = new PeerWatch(worker, peer, checks);
                peers.put(peer.state(), watch);
                watch.start();
            }
        }
        for (PeerState state : List.copyOf(peers.keySet())) {
            if (!present.contains(state)) {
                PeerWatch gone = peers.remove(state);
                if (gone != null) {
                    gone.stop();
                }
            }
        }
    }

    /** All checks of one server: it is healthy when all say so. */
    private static final class PeerWatch {
        private final Worker worker;
        private final Peer peer;
        private final List<PeerCheck> checks = new ArrayList<>();

        PeerWatch(Worker worker, Peer peer, List<HealthCheck.Placed> all) {
            this.worker = worker;
            this.peer = peer;
            for (HealthCheck.Placed placed : all) {
                checks.add(new PeerCheck(worker, peer, placed, this::judge));
            }
        }

        void start() {
            checks.forEach(PeerCheck::start);
        }

        void stop() {
            checks.forEach(PeerCheck::stop);
        }

        private void judge() {
            PeerHealth health = PeerHealth.HEALTHY;
            for (PeerCheck check : checks) {
                if (check.verdict() == PeerHealth.UNHEALTHY) {
                    health = PeerHealth.UNHEALTHY;
                    break;
                }
                if (check.verdict() == PeerHealth.CHECKING) {
                    health = PeerHealth.CHECKING;
                }
            }
            if (health != peer.state().health()) {
                peer.state().health(health, worker.clock().millis());
            }
        }
    }
}
