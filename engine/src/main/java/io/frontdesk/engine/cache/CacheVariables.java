package io.frontdesk.engine.cache;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.variable.Variable;
import io.frontdesk.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/** The variables about caches. Stateless. */
public final class CacheVariables {
    private CacheVariables() {}

    /** Declares them. */
    public static void declare(Variables v) {
        v.declare("upstream_cache_status",
                "What the cache did: `MISS`, `BYPASS`, `EXPIRED`, `STALE`, `UPDATING`, `REVALIDATED` or `HIT`.",
                (ex, out) -> {
                    CacheLookup lookup = lookup(ex);
                    if (lookup == null) {
                        return false;
                    }
                    out.write(lookup.status().text());
                    return true;
                });
        v.declare("upstream_cache_key", "The key in the cache.", (ex, out) -> {
            CacheLookup lookup = lookup(ex);
            if (lookup == null) {
                return false;
            }
            out.write(lookup.key());
            return true;
        });
        v.declare("upstream_cache_age", "For how many seconds what answers has been kept.", (ex, out) -> {
            CacheLookup lookup = lookup(ex);
            long age = lookup == null ? -1 : lookup.ageSeconds();
            if (age < 0) {
                return false;
            }
            out.writeDecimal(age);
            return true;
        });
        v.declare("upstream_cache_last_modified", "Last-Modified of the response that is being renewed.",
                field(FieldName.LAST_MODIFIED));
        v.declare("upstream_cache_etag", "ETag of the response that is being renewed.", field(FieldName.ETAG));
    }

    private static Variable field(int id) {
        return (ex, out) -> {
            CacheLookup lookup = lookup(ex);
            UpstreamHead head = lookup == null ? null : lookup.renewing();
            int at = head == null ? -1 : head.fields().find(id);
            if (head == null || at < 0) {
                return false;
            }
            head.fields().appendValue(at, out);
            return true;
        };
    }

    private static @Nullable CacheLookup lookup(Exchange ex) {
        UpstreamExchange upstream = ex.upstream();
        return upstream == null ? null : upstream.cached();
    }
}
