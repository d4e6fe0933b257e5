package io.frontdesk.engine.upstream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
    private void build() {
        builders.forEach((key, builder) -> named.computeIfAbsent(key, k -> builder.build()));
    }

    /** The upstream of a block, by its name in any case; null when there is none. */
    public @Nullable Upstream named(String name) {
        build();
        return named.get(name.toLowerCase(Locale.ROOT));
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
}
