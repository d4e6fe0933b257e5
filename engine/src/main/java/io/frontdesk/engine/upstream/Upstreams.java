package io.frontdesk.engine.upstream;

import io.frontdesk.engine.plan.Running;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams of a configuration. Filled on the control plane; {@link #named} and {@link #find} are for loops too once the snapshot
 * stands. While it is in force, names of servers are looked up again; what is known of servers comes from the configuration before.
 */
public final class Upstreams implements Running {
    private final Map<String, UpstreamBuilder> builders = new LinkedHashMap<>();
    private final Map<String, Upstream> named = new LinkedHashMap<>();
    private final Map<String, Upstream> implicit = new HashMap<>();
    private final List<NameRefresh> refreshes = new ArrayList<>();
    private List<Worker> workers = List.of();

    /** Begins an upstream; null when that name is taken. */
    public @Nullable UpstreamBuilder add(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (builders.containsKey(key)) {
            return null;
        }
        UpstreamBuilder builder = new UpstreamBuilder(name);
        builders.put(key, builder);
        return builder;
    }

    /** Builds all that were added: every line has had its say. */
    public void build() {
        builders.forEach((key, builder) -> named.put(key, builder.build()));
    }

    /** The upstream of a block, by its name in any case; null when there is none. */
    public @Nullable Upstream named(String name) {
        return named.get(name.toLowerCase(Locale.ROOT));
    }

    /** Those of blocks, in order. */
    public Collection<Upstream> all() {
        return Collections.unmodifiableCollection(named.values());
    }

    /** What a URL that was put together at run time means: a group of that name, or an address that some line names too. */
    public @Nullable Upstream find(UpstreamUrl url, int usualPort) {
        Upstream group = url.portText().isEmpty() ? named(url.hostText()) : null;
        return group != null ? group : implicit.get(url.authority() + "/" + usualPort);
    }

    /** The implicit upstream that is known by a key, or null. */
    @Nullable
    Upstream implicit(String key) {
        return implicit.get(key);
    }

    /** Keeps an implicit upstream. */
    Upstream implicit(String key, Upstream upstream) {
        implicit.put(key, upstream);
        return upstream;
    }

    @Override
    @ControlPlane("the engine's thread, as it goes over to this configuration")
    public void start(List<Worker> loops, Snapshot now, @Nullable Snapshot before) {
        workers = loops;
        Upstreams old = before == null ? null : before.shared(Upstreams.class);
        if (old != null) {
            named.forEach((key, upstream) -> inherit(upstream, old.named.get(key)));
            implicit.forEach((key, upstream) -> inherit(upstream, old.implicit.get(key)));
        }
        named.forEach((key, upstream) -> {
            UpstreamBuilder builder = builders.get(key);
            if (builder != null && !upstream.names().isEmpty()) {
                // One loop changes the members of a group, so that no change is lost.
                Worker worker = workers.get(refreshes.size() % workers.size());
                refreshes.add(new NameRefresh(worker, upstream, builder.resolver(), builder.resolverTimeoutMillis()));
            }
        });
        refreshes.forEach(NameRefresh::start);
    }

    private static void inherit(Upstream upstream, @Nullable Upstream before) {
        if (before != null) {
            upstream.members(Succession.of(upstream, before));
        }
    }

    @Override
    public void stop() {
        refreshes.forEach(NameRefresh::stop);
        // What is kept idle is of no use to anybody: the next configuration has upstreams of its own.
        for (Worker worker : workers) {
            worker.loop().execute(() -> {
                named.values().forEach(upstream -> upstream.rest(worker.index()));
                implicit.values().forEach(upstream -> upstream.rest(worker.index()));
            });
        }
    }
}
