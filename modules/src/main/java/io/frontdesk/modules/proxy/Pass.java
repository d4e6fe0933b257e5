package io.frontdesk.modules.proxy;

import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.Place;
import io.frontdesk.engine.upstream.HeaderLine;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.upstream.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code proxy_pass} line, as lint looks at it. A value.
 *
 * @param place  the block that it stands in
 * @param line   the line
 * @param target what it names; null where it has variables
 * @param group  the upstream block that it names, or null
 */
record Pass(Place place, Setting<String> line, @Nullable ProxyTarget target, @Nullable Upstream group) {
    private record All(List<Pass> passes) {}

    /** All of a configuration. */
    static List<Pass> all(ProxyDirectives directives, Linting lint) {
        return lint.shared(All.class, () -> {
            List<Pass> passes = new ArrayList<>();
            for (Place place : lint.places()) {
                for (Setting<String> line : place.scope().own(directives.pass)) {
                    passes.add(of(place, line, lint));
                }
            }
            return new All(List.copyOf(passes));
        }).passes();
    }

    private static Pass of(Place place, Setting<String> line, Linting lint) {
        try {
            ProxyTarget target = line.value().indexOf('$') >= 0 ? null : ProxyTarget.parse(line.value());
            return new Pass(place, line, target, target == null ? null : group(target, lint));
        } catch (ProxyTarget.WrongScheme | UpstreamUrl.Malformed e) {
            throw new IllegalStateException("it was compiled: " + line, e);
        }
    }

    private static @Nullable Upstream group(ProxyTarget target, Linting lint) {
        Upstreams upstreams = lint.snapshot().shared(Upstreams.class);
        UpstreamUrl url = target.url();
        return upstreams == null || url.unixPath() != null ? null : upstreams.named(url.hostText());
    }

    Scope scope() {
        return place.scope();
    }

    /** The field that requests get, or null. */
    @Nullable
    Setting<HeaderLine> header(ProxyDirectives directives, String name) {
        for (Setting<HeaderLine> line : scope().all(directives.setHeader)) {
            if (line.value().name().toLowerCase(Locale.ROOT).equals(name)) {
                return line;
            }
        }
        return null;
    }

    /** Whether the origin is named by a host name that is looked up. */
    boolean namesHost() {
        return target != null && group == null && target.url().unixPath() == null
                && io.frontdesk.net.AddressText.literal(target.url().host()) == null
                && !target.url().host().equalsIgnoreCase("localhost");
    }
}
