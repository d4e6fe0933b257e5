package io.frontdesk.engine.upstream;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.engine.cache.CacheSettings;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.TempFolder;
import io.frontdesk.net.connect.ConnectOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a location says about talking to upstreams, whatever the protocol; compiled by {@link UpstreamDirectives}. Immutable, shared by all
 * loops; its identity is that of the location, for {@code keepalive … local}.
 */
public final class UpstreamSettings {
    final ConnectOptions connecting;
    final @Nullable Template bind;
    /** Null in the clear. */
    final @Nullable UpstreamTls tls;
    final UpstreamLimits limits;
    final long sendTimeoutMillis;
    final long readTimeoutMillis;
    final int nextUpstream;
    final int nextTries;
    final long nextTimeoutMillis;
    final boolean buffersRequest;
    final boolean passesRequestBody;
    final Buffering buffering;
    final @Nullable ResponseKeeper keeper;
    final @Nullable CacheSettings cache;
    final int bufferSize;
    final int buffersBytes;
    final long maxTempFileBytes;
    final TempFolder tempFolder;
    final boolean ignoresClientAbort;
    final boolean interceptsErrors;
    final boolean forcesRanges;
    final boolean passesTrailers;
    final Template limitRate;
    final HiddenFields hidden;
    final boolean passesServer;
    final boolean passesDate;
    final int ignoredHeaders;

    UpstreamSettings(Builder b) {
        connecting = b.connecting;
        bind = b.bind;
        tls = b.tls;
        limits = b.limits;
        sendTimeoutMillis = b.sendTimeoutMillis;
        readTimeoutMillis = b.readTimeoutMillis;
        nextUpstream = b.nextUpstream;
        nextTries = b.nextTries;
        nextTimeoutMillis = b.nextTimeoutMillis;
        buffersRequest = b.buffersRequest;
        passesRequestBody = b.passesRequestBody;
        buffering = b.buffering;
        keeper = b.keeper;
        cache = b.cache;
        bufferSize = b.bufferSize;
        buffersBytes = b.buffersBytes;
        maxTempFileBytes = b.maxTempFileBytes;
        tempFolder = b.tempFolder;
        ignoresClientAbort = b.ignoresClientAbort;
        interceptsErrors = b.interceptsErrors;
        forcesRanges = b.forcesRanges;
        passesTrailers = b.passesTrailers;
        limitRate = b.limitRate;
        hidden = b.hidden;
        passesServer = !b.hidden.contains(FieldName.SERVER);
        passesDate = !b.hidden.contains(FieldName.DATE);
        ignoredHeaders = b.ignoredHeaders;
    }

    /** The size that a response's head may have. */
    public int bufferSize() {
        return bufferSize;
    }

    /** Whether a request's body goes on at all. */
    public boolean passesRequestBody() {
        return passesRequestBody;
    }

    boolean retriesOn(NextCondition condition) {
        return (nextUpstream & condition.bit()) != 0;
    }

    boolean ignores(IgnoredHeader header) {
        return (ignoredHeaders & 1 << header.ordinal()) != 0;
    }

    /** Collects the settings, with nginx's defaults. */
    static final class Builder {
        ConnectOptions connecting = ConnectOptions.DEFAULT;
        @Nullable
        Template bind;
        @Nullable
        UpstreamTls tls;
        UpstreamLimits limits = UpstreamLimits.NONE;
        long sendTimeoutMillis = 60_000;
        long readTimeoutMillis = 60_000;
        int nextUpstream = NextCondition.ERROR.bit() | NextCondition.TIMEOUT.bit();
        int nextTries;
        long nextTimeoutMillis;
        boolean buffersRequest = true;
        boolean passesRequestBody = true;
        Buffering buffering = Buffering.ON;
        @Nullable
        ResponseKeeper keeper;
        @Nullable
        CacheSettings cache;
        int bufferSize = 4096;
        int buffersBytes = 8 * 4096;
        long maxTempFileBytes = 1L << 30;
        TempFolder tempFolder = new TempFolder("proxy_temp", List.of());
        boolean ignoresClientAbort;
        boolean interceptsErrors;
        boolean forcesRanges;
        boolean passesTrailers;
        Template limitRate = Template.constant("0");
        HiddenFields hidden = HiddenFields.NONE;
        int ignoredHeaders;
    }
}
