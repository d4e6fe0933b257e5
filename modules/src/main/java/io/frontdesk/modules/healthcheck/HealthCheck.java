package io.frontdesk.modules.healthcheck;

import io.frontdesk.config.Scope;
import io.frontdesk.engine.probe.Probe;
import io.frontdesk.engine.upstream.KeepAlive;
import io.frontdesk.engine.upstream.ProbeSource;
import io.frontdesk.engine.upstream.Upstream;
import java.util.List;

/**
 * What one location says about checking its upstream. A value.
 *
 * @param scope      the location's block
 * @param source     asks a server
 * @param conditions of its answer
 */
record HealthCheck(CheckLine line, Scope scope, ProbeSource source, Upstream upstream, List<Condition> conditions) {
    private static final int MANY = 1_000_000;

    /** How connections of checks are kept. */
    KeepAlive keepAlive() {
        long time = line.keepAliveMillis();
        return time == 0
                ? KeepAlive.NONE
                : new KeepAlive(1, MANY, time, line.intervalMillis() + line.jitterMillis() + 60_000, false);
    }

    /** As the log names it. */
    String about(String peer) {
        return "health check \"" + line.match() + "\" of peer " + peer + " in upstream \"" + upstream.name() + "\"";
    }

    /** Where its probes belong. A value. */
    record Placed(HealthCheck check, Probe.Place place) {}
}
