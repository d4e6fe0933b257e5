package io.frontdesk.engine.request;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.upstream.UpstreamHead;
import org.jspecify.annotations.Nullable;

/** What the answer of an exchange is put down to, when it is an error. Owned by its exchange and reused; loop only. */
public final class Blame {
    private final Exchange exchange;
    private @Nullable FaultKind kind;
    private @Nullable FaultDetail detail;

    Blame(Exchange exchange) {
        this.exchange = exchange;
    }

    /** This went wrong; what was said before is of no interest any more. */
    public void on(FaultKind what) {
        on(what, null);
    }

    /** The same, with more to tell about it. */
    public void on(FaultKind what, @Nullable FaultDetail more) {
        kind = what;
        detail = more;
    }

    /** This went wrong, and the error log shall say so. */
    public void log(FaultKind what, String message) {
        log(what, what.severity(), message, null);
    }

    /** The same, with more to tell about it. */
    public void log(FaultKind what, String message, @Nullable FaultDetail more) {
        log(what, what.severity(), message, more);
    }

    /** The same, at a severity that the configuration sets. */
    public void log(FaultKind what, Severity severity, String message, @Nullable FaultDetail more) {
        on(what, more);
        ExchangeLog.log(exchange, severity, message, what);
    }

    /** All went well in the end. */
    public void clear() {
        kind = null;
        detail = null;
    }

    /** What the answer is put down to: what was said, or else what its status says; null when it is no error. */
    public @Nullable FaultKind kind() {
        if (kind != null) {
            return kind;
        }
        int status = exchange.response().status();
        if (status < 400) {
            return null;
        }
        UpstreamExchange upstream = exchange.upstream();
        UpstreamHead head = upstream == null ? null : upstream.head();
        return head != null && head.status() == status ? FaultKind.UPSTREAM_STATUS : FaultKind.ofStatus(status);
    }

    /** More about it, or null. */
    public @Nullable FaultDetail detail() {
        return detail;
    }
}
