package io.frontdesk.modules.gzip;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.engine.core.AcceptEncoding;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.response.MediaTypes;
import io.frontdesk.engine.variable.Pattern;
import java.util.List;
import java.util.Set;

/**
 * Whether and how responses of a location are compressed. Immutable, shared by all loops.
 *
 * @param types     media types
 * @param minLength shorter responses are not worth it, bytes
 * @param level     1 to 9
 * @param version   the least version of the request
 * @param vary      whether Vary is added
 * @param proxied   for which responses to requests of other proxies
 * @param disabled  user agents that get none
 */
record GzipSettings(MediaTypes types, long minLength, int level, HttpVersion version, boolean vary,
        Set<Proxied> proxied,
        List<Pattern> disabled) {
    /** {@code gzip_proxied}. */
    enum Proxied {
        OFF, EXPIRED, NO_CACHE, NO_STORE, PRIVATE, NO_LAST_MODIFIED, NO_ETAG, AUTH, ANY
    }

    /** Whether the request, and for other proxies the response, allow it. */
    boolean allows(Exchange ex) {
        Fields request = ex.request().fields();
        if (!ex.request().version().isAtLeast(version) || !AcceptEncoding.accepts(request, "gzip")) {
            return false;
        }
        if (request.find(FieldName.VIA) >= 0 && !allowsProxied(ex, request)) {
            return false;
        }
        if (!disabled.isEmpty()) {
            int agent = request.find(FieldName.USER_AGENT);
            for (Pattern pattern : disabled) {
                if (agent >= 0 && pattern.matches(ex, request.valueString(agent))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean allowsProxied(Exchange ex, Fields request) {
        if (proxied.contains(Proxied.OFF)) {
            return false;
        }
        if (proxied.contains(Proxied.ANY)
                || proxied.contains(Proxied.AUTH) && request.find(FieldName.AUTHORIZATION) >= 0) {
            return true;
        }
        Fields response = ex.response().fields();
        if (proxied.contains(Proxied.EXPIRED) && response.find(FieldName.EXPIRES) >= 0
                && !response.hasToken(FieldName.CACHE_CONTROL, "max-age")) {
            int expires = response.find(FieldName.EXPIRES);
            long time = io.frontdesk.codec.http.HttpDate.parse(response.bytes().array(), response.valueOffset(expires),
                    response.valueLength(expires));
            if (time < ex.worker().clock().wallSeconds()) {
                return true;
            }
        }
        return proxied.contains(Proxied.NO_CACHE) && response.hasToken(FieldName.CACHE_CONTROL, "no-cache")
                || proxied.contains(Proxied.NO_STORE) && response.hasToken(FieldName.CACHE_CONTROL, "no-store")
                || proxied.contains(Proxied.PRIVATE) && response.hasToken(FieldName.CACHE_CONTROL, "private")
                || proxied.contains(Proxied.NO_LAST_MODIFIED) && ex.response().lastModifiedSeconds() < 0
                        && response.find(FieldName.LAST_MODIFIED) < 0
                || proxied.contains(Proxied.NO_ETAG) && response.find(FieldName.ETAG) < 0;
    }
}
