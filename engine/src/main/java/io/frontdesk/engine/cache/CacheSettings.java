package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.Method;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.IgnoredHeader;
import io.frontdesk.engine.variable.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a location says about its cache, compiled. Immutable, shared by all loops. */
public final class CacheSettings {
    /** For how long responses of some statuses are kept; no statuses: all. */
    record Valid(Set<Integer> statuses, long seconds) {}

    private final Template zoneName;
    private final Map<String, CacheZone> zones;
    private final Template key;
    private final List<Valid> valid;
    private final Set<Method> methods;
    private final List<Template> bypass;
    private final List<Template> noCache;
    private final int ignoredHeaders;
    final int minUses;
    final int useStale;
    final boolean revalidates;
    final boolean convertsHead;

    CacheSettings(Template zoneName, Map<String, CacheZone> zones, Template key, List<Valid> valid, Set<Method> methods,
            List<Template> bypass, List<Template> noCache, int ignoredHeaders, int minUses, int useStale,
            boolean revalidates, boolean convertsHead) {
        this.zoneName = zoneName;
        this.zones = zones;
        this.key = key;
        this.valid = valid;
        this.methods = methods;
        this.bypass = bypass;
        this.noCache = noCache;
        this.ignoredHeaders = ignoredHeaders;
        this.minUses = minUses;
        this.useStale = useStale;
        this.revalidates = revalidates;
        this.convertsHead = convertsHead;
    }

    /** Whether the cache is for such a request at all. */
    private boolean takes(Exchange ex) {
        return methods.contains(ex.method()) && !ex.request().isUpgrade();
    }

    /**
     * Looks a request up; null when the cache is not for it.
     *
     * @throws UnknownZone when the name of the cache, a variable's value, is none
     */
    public @Nullable CacheLookup lookUp(Exchange ex) throws UnknownZone {
        if (!takes(ex)) {
            return null;
        }
        String name = zoneName.value(ex);
        if (name.isEmpty() || name.equals("off")) {
            return null;
        }
        CacheZone zone = zones.get(name);
        if (zone == null) {
            ex.blame().log(FaultKind.INVALID_VALUE, "cache \"" + name + "\" not found");
            throw new UnknownZone();
        }
        Bytes text = new Bytes();
        key.append(ex, text);
        if (ex.isHead() && !convertsHead) {
            // what answers a HEAD never answers a GET
            text.write("\nHEAD");
        } else if (ex.method() == Method.POST) {
            text.write("\nPOST");
        }
        CacheLookup lookup = new CacheLookup(this, zone, ex, text);
        boolean bypassed = holds(bypass, ex);
        if (ex.trace() != null) {
            ex.trace().step("proxy_cache", null, "zone " + name + ", key " + text
                    + (bypassed ? ": not looked at, as a bypass condition holds" : ": taken to have no answer yet"));
        }
        if (bypassed) {
            lookup.bypass();
        } else {
            lookup.find(ex);
        }
        return lookup;
    }

    /** Whether {@code proxy_no_cache} holds. */
    boolean keepsNot(Exchange ex) {
        return holds(noCache, ex);
    }

    private static boolean holds(List<Template> conditions, Exchange ex) {
        for (Template condition : conditions) {
            String value = condition.value(ex);
            if (!value.isEmpty() && !value.equals("0")) {
                return true;
            }
        }
        return false;
    }

    boolean obeys(IgnoredHeader header) {
        return (ignoredHeaders & 1 << header.ordinal()) == 0;
    }

    Freshness freshness(Fields fields, long nowSeconds) {
        return new Freshness(fields, ignoredHeaders, nowSeconds);
    }

    /** Until when a response of this status is fresh that does not say so itself; 0: it is not kept. */
    long until(int status, long nowSeconds) {
        for (Valid rule : valid) {
            if (rule.statuses.isEmpty() || rule.statuses.contains(status)) {
                return rule.seconds == 0 ? 0 : nowSeconds + rule.seconds;
            }
        }
        return 0;
    }

    /** There is no cache of the name. */
    public static final class UnknownZone extends Exception {
        UnknownZone() {
            super(null, null, false, false);
        }
    }
}
