package io.frontdesk.engine.upstream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams of a configuration: the named ones are built at the first look-up, when every module has said its part. Filled on the
 * control plane; {@link #named} is for loops too once the snapshot stands.
 */
public final class Upstreams {
    private final Map<String, UpstreamBuilder> builders = new LinkedHashMap<>();
    private final Map<String, Upstream> named = new HashMap<>();
    private final Map<String, Upstream> implicit = new HashMap<>();

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

    /** Builds all that were added. */
    public void build() {
        builders.forEach((key, builder) -> named.computeIfAbsent(key, k -> builder.build()));
    }

    /** The upstream of a block, by its name in any case; null when there is none. */
    public @Nullable Upstream named(String name) {
        return named.get(name.toLowerCase(Locale.ROOT));
    }

    /** The implicit upstream of a host and port; {@code addresses} is asked only for the first of them. */
    public Upstream implicit(String authority, Supplier<List<PeerAddress>> addresses) {
        Upstream known = implicit.get(authority);
        if (known == null) {
            known = Upstream.implicit(authority, addresses.get());
            implicit.put(authority, known);
        }
        return known;
    }
}
