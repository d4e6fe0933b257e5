package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Position;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.upstream.IgnoredHeader;
import io.frontdesk.engine.upstream.UpstreamCodec;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.variable.Template;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a location says about its cache, compiled. Immutable, shared by all loops. */
public final class CacheSettings {
    static final long ANY_OFFSET = Long.MAX_VALUE;
    /** NUL is refused in URIs, so that no client can spell such a key. */
    private static final String NO_CHARACTER_OF_A_KEY = "\0";

    /** For how long responses of some statuses are kept; no statuses: all. */
    record Valid(Set<Integer> statuses, long seconds) {}

    private final String directive;
    private final Position at;
    private final Template zoneName;
    private final Map<String, CacheZone> zones;
    /** The key, or what stands before the URI as the upstream is asked for it. */
    private final Template key;
    private final boolean keyHasUri;
    private final List<Valid> valid;
    private final Set<Method> methods;
    private final List<Template> bypass;
    private final List<Template> noCache;
    private final List<Template> purge;
    private final int ignoredHeaders;
    private final long maxRangeOffset;
    final int minUses;
    final int useStale;
    final boolean revalidates;
    final boolean convertsHead;
    final boolean updatesInBackground;
    final boolean locks;
    final long lockTimeoutMillis;
    final long lockAgeMillis;

    CacheSettings(Builder b) {
        directive = b.directive;
        at = b.at;
        zoneName = b.zoneName;
        zones = b.zones;
        key = b.key;
        keyHasUri = b.keyHasUri;
        valid = b.valid;
        methods = b.methods;
        bypass = b.bypass;
        noCache = b.noCache;
        purge = b.purge;
        ignoredHeaders = b.ignoredHeaders;
        maxRangeOffset = b.maxRangeOffset;
        minUses = b.minUses;
        useStale = b.useStale;
        revalidates = b.revalidates;
        convertsHead = b.convertsHead;
        updatesInBackground = b.updatesInBackground;
        locks = b.locks;
        lockTimeoutMillis = b.lockTimeoutMillis;
        lockAgeMillis = b.lockAgeMillis;
    }

    /** Collects what the directives say. */
    static final class Builder {
        final String directive;
        final Position at;
        final Template zoneName;
        final Template key;
        boolean keyHasUri;
        Map<String, CacheZone> zones = Map.of();
        List<Valid> valid = List.of();
        Set<Method> methods = Set.of();
        List<Template> bypass = List.of();
        List<Template> noCache = List.of();
        List<Template> purge = List.of();
        int ignoredHeaders;
        long maxRangeOffset = ANY_OFFSET;
        int minUses = 1;
        int useStale;
        boolean revalidates;
        boolean convertsHead;
        boolean updatesInBackground;
        boolean locks;
        long lockTimeoutMillis;
        long lockAgeMillis;

        Builder(String directive, Position at, Template zoneName, Template key) {
            this.directive = directive;
            this.at = at;
            this.zoneName = zoneName;
            this.key = key;
        }
    }

    /**
     * Begins to look a request up; null when the cache is not for it.
     *
     * @param codec what knows the URI that the upstream would be asked for
     * @param woken what to call when a look-up that waits shall be tried again
     * @throws UnknownZone when the name of the cache, a variable's value, is none
     */
    public @Nullable CacheLookup lookUp(Exchange ex, UpstreamCodec codec, Runnable woken) throws UnknownZone {
        if (!methods.contains(ex.method()) || ex.request().isUpgrade()) {
            return null;
        }
        CacheZone zone = zone(ex);
        return zone == null ? null : new CacheLookup(this, zone, ex, key(ex, codec), woken);
    }

    private @Nullable CacheZone zone(Exchange ex) throws UnknownZone {
        String name = zoneName.value(ex);
        if (name.isEmpty() || name.equals("off")) {
            return null;
        }
        CacheZone zone = zones.get(name);
        if (zone == null) {
            ex.blame().log(FaultKind.INVALID_VALUE, "cache \"" + name + "\" not found");
            throw new UnknownZone();
        }
        return zone;
    }

    private Bytes plainKey(Exchange ex, UpstreamCodec codec) {
        Bytes text = new Bytes();
        key.append(ex, text);
        if (keyHasUri) {
            // nginx: not the client's URI, which may lead to several, by a rewrite say
            codec.appendUri(text);
        }
        return text;
    }

    private Bytes key(Exchange ex, UpstreamCodec codec) {
        Bytes text = plainKey(ex, codec);
        if (ex.isHead() && !convertsHead) {
            // what answers a HEAD never answers a GET
            text.write(NO_CHARACTER_OF_A_KEY + "HEAD");
        } else if (ex.method() == Method.POST) {
            text.write(NO_CHARACTER_OF_A_KEY + "POST");
        }
        return text;
    }

    /** Tells whoever explains a request what the cache does with it. {@code lookup}: null when none is asked. */
    public void explain(@Nullable CacheLookup lookup, Exchange ex, Trace trace) {
        if (lookup == null) {
            trace.step(directive, at, "no cache is asked");
            return;
        }
        lookup.findNothing(ex);
        trace.step(directive, at, "zone " + lookup.zoneName() + ", key " + lookup.key()
                + (lookup.status() == CacheStatus.BYPASS
                        ? ": not looked at, as a bypass condition holds"
                        : ": taken to have no answer yet"));
        if (!lookup.keeps()) {
            trace.step(directive, at, "the answer is not kept: " + (startsTooFar(ex)
                    ? "the client asks for a part of it, too far behind the beginning (" + directive
                            + "_max_range_offset)"
                    : "this is not one of " + minUses + " requests for it (" + directive + "_min_uses)"));
        }
    }

    /** The same for a request that asks to forget: gives the status that answers it, as nothing is kept. */
    public int explainPurge(Exchange ex, UpstreamCodec codec, Trace trace) throws UnknownZone {
        if (zone(ex) == null) {
            return 404;
        }
        Bytes text = plainKey(ex, codec);
        trace.step(directive + "_purge", at, "a condition holds: what is kept as " + text + " is forgotten; "
                + "taken to be nothing");
        return text.isEmpty() || text.get(text.length() - 1) != '*' ? 404 : 204;
    }

    /** Whether the request asks to forget what is kept ({@code proxy_cache_purge}). */
    public boolean purges(Exchange ex) {
        return !purge.isEmpty() && holds(purge, ex);
    }

    /** Forgets it; gives the status to answer with. */
    public int purge(Exchange ex, UpstreamCodec codec) throws UnknownZone {
        CacheZone zone = zone(ex);
        if (zone == null) {
            return 404;
        }
        Bytes text = plainKey(ex, codec);
        if (!text.isEmpty() && text.get(text.length() - 1) == '*') {
            text.truncate(text.length() - 1);
            zone.index().purges().add(text, ex.worker().clock().wallMillis());
            zone.wakeUpkeep();
            return 204;
        }
        return zone.index().purge(CacheKey.of(text), ex.worker().clock().millis(), ex.worker().clock().wallMillis(),
                zone.limits().maxEntries()) ? 204 : 404;
    }

    boolean bypasses(Exchange ex) {
        return holds(bypass, ex);
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

    /** Whether the client wants a part so far behind the beginning that it is not worth to fetch the whole. */
    boolean startsTooFar(Exchange ex) {
        if (maxRangeOffset == ANY_OFFSET) {
            return false;
        }
        Fields fields = ex.request().fields();
        int i = fields.find(FieldName.RANGE);
        if (i < 0 || maxRangeOffset == 0) {
            return i >= 0;
        }
        String range = fields.valueString(i).toLowerCase(Locale.ROOT);
        if (!range.startsWith("bytes=") || range.length() < 7) {
            return false;
        }
        String first = range.substring(6).stripLeading();
        int digits = 0;
        while (digits < first.length() && first.charAt(digits) >= '0' && first.charAt(digits) <= '9') {
            digits++;
        }
        return first.startsWith("-") || digits > 18
                || digits > 0 && Long.parseLong(first.substring(0, digits)) >= maxRangeOffset;
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

    /** Whether a response of this status may be kept at all: of parts only such that the configuration names, as slices need it. */
    boolean mayKeep(UpstreamHead answer) {
        int status = answer.status();
        return status >= 200 && status != 304
                && (status != 206 || valid.stream().anyMatch(rule -> rule.statuses.contains(206)));
    }

    /** RFC 9111 §3.5: what was asked for with credentials is nobody else's, unless the answer says so. */
    static boolean isShared(Fields fields) {
        return fields.hasToken(FieldName.CACHE_CONTROL, "public")
                || fields.hasToken(FieldName.CACHE_CONTROL, "must-revalidate")
                || fields.hasToken(FieldName.CACHE_CONTROL, "proxy-revalidate");
    }

    /** There is no cache of the name. */
    public static final class UnknownZone extends Exception {
        UnknownZone() {
            super(null, null, false, false);
        }
    }
}
