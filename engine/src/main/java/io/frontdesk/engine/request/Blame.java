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
    private boolean answeredByPage;
    private @Nullable FaultKind first;
    private @Nullable FaultDetail firstDetail;

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
        ExchangeLog.log(exchange, severity, message, what, more);
    }

    /** A server answered in the end: what went wrong on the way to it is of no interest, but why an error page was needed is. */
    public void settle() {
        kind = first;
        detail = firstDetail;
    }

    /** A page of {@code error_page} answers instead of this status: why it was needed stays, whatever the page's own status is. */
    public void pageAnswers(int status) {
        if (kind == null) {
            kind = ofStatus(status);
        }
        answeredByPage = true;
        first = kind;
        firstDetail = detail;
    }

    /** Another request begins. */
    void clear() {
        kind = null;
        detail = null;
        answeredByPage = false;
        first = null;
        firstDetail = null;
    }

    /** What the answer is put down to: what was said, or else what its status says; null when it is no error. */
    public @Nullable FaultKind kind() {
        int status = exchange.response().status();
        if (kind != null) {
            return answeredByPage && status < 400 && kind.isWayOn() ? null : kind;
        }
        return status < 400 ? null : ofStatus(status);
    }

    private FaultKind ofStatus(int status) {
        UpstreamExchange upstream = exchange.upstream();
        UpstreamHead head = upstream == null ? null : upstream.head();
        return head != null && head.status() == status ? FaultKind.UPSTREAM_STATUS : FaultKind.ofStatus(status);
    }

    /** More about it, or null. */
    public @Nullable FaultDetail detail() {
        return kind() == kind ? detail : null;
    }
}
