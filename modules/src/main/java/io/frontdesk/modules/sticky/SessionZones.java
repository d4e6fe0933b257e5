package io.frontdesk.modules.sticky;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.Running;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.worker.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The session zones of a configuration, by name. Control plane. */
final class SessionZones implements Running {
    private final Map<String, SessionZone> zones = new HashMap<>();

    SessionZone add(String name, String upstream, long sizeBytes, long timeoutMillis, Position at)
            throws ConfigException {
        SessionZone known = zones.get(name);
        if (known != null) {
            throw Link.error("sticky zone \"" + name + "\" is already used in upstream \"" + known.upstream() + "\"",
                    at);
        }
        SessionZone made = new SessionZone(upstream, sizeBytes, timeoutMillis);
        zones.put(name, made);
        return made;
    }

    @Override
    public void start(List<Worker> workers, Snapshot now, @Nullable Snapshot before) {
        SessionZones old = before == null ? null : before.shared(SessionZones.class);
        if (old == null) {
            return;
        }
        zones.forEach((name, zone) -> {
            SessionZone same = old.zones.get(name);
            if (same != null && same.upstream().equals(zone.upstream())) {
                zone.inherit(same);
            }
        });
    }

    @Override
    public void stop() {}
}
