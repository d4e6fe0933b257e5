package io.frontdesk.engine.upstream;

import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.LimitSource;
import java.nio.charset.StandardCharsets;

/** What is known of an attempt that came to nothing: which limit of which line, or what the system said; which server; after how long. */
final class UpstreamFailure implements FaultDetail {
    private final Fault fault;
    private final UpstreamSettings settings;
    private final byte[] peer;
    private final int attempt;
    private final long elapsedMillis;

    UpstreamFailure(Fault fault, UpstreamSettings settings, Attempts attempts, long nowMillis) {
        this.fault = fault;
        this.settings = settings;
        Attempt last = attempts.last();
        this.peer = last.peer;
        this.attempt = attempts.count();
        this.elapsedMillis = Math.max(0, nowMillis - last.startMillis);
    }

    /** {@code proxy_read_timeout 5s (conf/nginx.conf:12); server 10.0.0.7:8080; after 5.001s; attempt 2}. */
    @Override
    public String describe() {
        StringBuilder out = new StringBuilder(128);
        LimitSource limit = settings.limits.of(fault.kind());
        out.append(limit == null ? said() : limit.describe());
        out.append("; server ").append(new String(peer, StandardCharsets.ISO_8859_1));
        out.append("; after ").append(elapsedMillis / 1000).append('.');
        String rest = String.valueOf(1000 + elapsedMillis % 1000);
        out.append(rest, 1, 4).append('s');
        if (attempt > 1) {
            out.append("; attempt ").append(attempt);
        }
        return out.toString();
    }

    /** The message without what was being done, which the cause says. */
    private String said() {
        String message = fault.message();
        int end = message.lastIndexOf(" while ");
        return end < 0 ? message : message.substring(0, end);
    }
}
