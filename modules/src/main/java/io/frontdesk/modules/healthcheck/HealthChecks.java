package io.frontdesk.modules.healthcheck;

import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.Running;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.probe.Probe;
import io.frontdesk.engine.upstream.PeerHealth;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.worker.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All checks of a configuration: while it is in force, each upstream's run on one loop. Control plane. */
final class HealthChecks implements Running {
    private final Map<HealthCheck, @Nullable LocationPlan> checks = new LinkedHashMap<>();
    private final List<UpstreamWatch> watches = new ArrayList<>();

    void add(HealthCheck check) {
        checks.put(check, null);
        boolean mandatory = checks.keySet().stream()
                .anyMatch(other -> other.upstream() == check.upstream() && other.line().mandatory());
        check.upstream().checked(mandatory ? PeerHealth.CHECKING : PeerHealth.HEALTHY);
    }

    /** All checks, to be {@linkplain #place placed} once their locations are compiled. */
    List<HealthCheck> all() {
        return List.copyOf(checks.keySet());
    }

    /** Says what a check's location was compiled to. */
    void place(HealthCheck check, LocationPlan plan) {
        checks.put(check, plan);
    }

    @Override
    public void start(List<Worker> workers, Snapshot now, @Nullable Snapshot before) {
        Map<Upstream, List<HealthCheck.Placed>> byUpstream = new LinkedHashMap<>();
        checks.forEach((check, plan) -> {
            if (plan != null) {
                byUpstream.computeIfAbsent(check.upstream(), upstream -> new ArrayList<>())
                        .add(new HealthCheck.Placed(check, new Probe.Place(now, server(now, plan), plan.bare())));
            }
        });
        byUpstream.forEach((upstream, placed) -> {
            Worker worker = workers.get(watches.size() % workers.size());
            watches.add(new UpstreamWatch(worker, upstream, placed));
        });
        watches.forEach(UpstreamWatch::start);
    }

    private static ServerPlan server(Snapshot now, LocationPlan plan) {
        for (ServerPlan server : now.servers()) {
            if (server.plans().contains(plan)) {
                return server;
            }
        }
        throw new IllegalStateException("a location of no server");
    }

    @Override
    public void stop() {
        watches.forEach(UpstreamWatch::stop);
    }
}
