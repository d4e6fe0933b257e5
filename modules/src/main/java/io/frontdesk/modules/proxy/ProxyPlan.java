package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamCodec;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.upstream.UpstreamProtocol;
import io.frontdesk.engine.upstream.UpstreamSettings;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import org.jspecify.annotations.Nullable;

/** All that a location says about proxying, compiled. Immutable, shared by all loops. */
final class ProxyPlan implements UpstreamProtocol {
    final UpstreamSettings settings;
    /** For a URL with variables that turns out to begin with https. */
    final UpstreamSettings secured;
    final Upstreams upstreams;
    /** Null when the URL has variables. */
    final @Nullable ProxyTarget target;
    final @Nullable Upstream upstream;
    /** Null when the URL has none. */
    final @Nullable Template variableTarget;
    /** How much of the path the URI part stands for. */
    final int locationLength;
    private final RequestHeaders headers;
    private final @Nullable RequestHeaders cachedHeaders;
    final boolean passesHeaders;
    final @Nullable Template method;
    final @Nullable Template body;
    final HttpVersion version;
    final ResponseLimits limits;
    final RedirectRules redirects;
    final CookieRules cookies;

    ProxyPlan(UpstreamSettings settings, UpstreamSettings secured, Upstreams upstreams, @Nullable ProxyTarget target,
            @Nullable Upstream upstream,
            @Nullable Template variableTarget, int locationLength, RequestHeaders headers,
            @Nullable RequestHeaders cachedHeaders, boolean passesHeaders,
            @Nullable Template method, @Nullable Template body, HttpVersion version, RedirectRules redirects,
            CookieRules cookies) {
        this.settings = settings;
        this.secured = secured;
        this.upstreams = upstreams;
        this.target = target;
        this.upstream = upstream;
        this.variableTarget = variableTarget;
        this.locationLength = locationLength;
        this.headers = headers;
        this.cachedHeaders = cachedHeaders;
        this.passesHeaders = passesHeaders;
        this.method = method;
        this.body = body;
        this.version = version;
        this.limits = ResponseLimits.of(settings.bufferSize());
        this.redirects = redirects;
        this.cookies = cookies;
    }

    /** The fields of the request: for a cache that may keep the answer they are others. */
    RequestHeaders headers(UpstreamExchange exchange) {
        RequestHeaders forCache = cachedHeaders;
        return forCache != null && exchange.mayKeepAnswer() ? forCache : headers;
    }

    private boolean isHttp2() {
        return version == HttpVersion.HTTP_2;
    }

    @Override
    public Class<?> codecClass() {
        return isHttp2() ? ProxyHttp2Codec.class : ProxyHttp1Codec.class;
    }

    @Override
    public UpstreamCodec newCodec(Worker worker) {
        return isHttp2() ? new ProxyHttp2Codec(worker) : new ProxyHttp1Codec(worker);
    }

    @Override
    public boolean mayStreamBody(Exchange exchange) {
        return body == null && (!exchange.request().isChunked() || version.isAtLeast(HttpVersion.HTTP_1_1));
    }

    @Override
    public boolean replacesBody() {
        return body != null;
    }

    @Override
    public boolean rewrite(Exchange exchange, int id, byte[] array, int offset, int length, Bytes out) {
        return switch (id) {
            case FieldName.LOCATION -> redirects.rewrite(exchange, array, offset, length, out);
            case FieldName.REFRESH -> redirects.rewriteRefresh(exchange, array, offset, length, out);
            case FieldName.SET_COOKIE -> cookies.rewrite(exchange, array, offset, length, out);
            default -> false;
        };
    }
}
