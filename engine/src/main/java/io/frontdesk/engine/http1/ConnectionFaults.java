package io.frontdesk.engine.http1;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.client.ConnectionPlan;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.BugLine;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.OutOfMemory;
import java.io.IOException;

/**
 * Tells what went wrong on a connection, in nginx's words: to the request's error log when one runs, otherwise to that of the default
 * server. Owned by its connection.
 */
final class ConnectionFaults {
    private static final String TIMED_OUT = "client timed out (110: Connection timed out) while ";

    private final Worker worker;
    private final ConnectionPlan plan;
    private final Exchange exchange;

    ConnectionFaults(Worker worker, ConnectionPlan plan, Exchange exchange) {
        this.worker = worker;
        this.plan = plan;
        this.exchange = exchange;
    }

    void headCutOff() {
        plan.log(Severity.INFO, FaultKind.CLIENT_CLOSED,
                "client prematurely closed connection while reading client request headers");
    }

    void bodyCutOff() {
        exchange.blame().log(FaultKind.CLIENT_CLOSED, "client prematurely closed connection");
    }

    void handshakeTimedOut() {
        plan.log(Severity.INFO, FaultKind.CLIENT_TIMEOUT, TIMED_OUT + "SSL handshaking");
    }

    void headTimedOut() {
        plan.log(Severity.INFO, FaultKind.CLIENT_TIMEOUT, TIMED_OUT + "reading client request headers");
    }

    void bodyTimedOut() {
        exchange.blame().log(FaultKind.CLIENT_TIMEOUT, TIMED_OUT + "reading client request body",
                exchange.location().core().bodyTimeoutLimit());
    }

    void bodyTooSlow() {
        exchange.blame().log(FaultKind.CLIENT_TIMEOUT, "client sends its body too slowly");
    }

    /** The client reset the connection while nothing was read from it. */
    void reset() {
        exchange.blame().log(FaultKind.CLIENT_CLOSED,
                "recv() failed (104: Connection reset by peer) while " + doing());
    }

    /** Something failed on the socket, or a bug of ours came up. */
    void failed(Throwable cause, boolean busy) {
        if (cause instanceof IOException) {
            if (busy && !exchange.isDone()) {
                exchange.blame().log(FaultKind.CLIENT_CLOSED, cause.getMessage() + " while " + doing());
            }
        } else if (OutOfMemory.isOfBuffers(cause)) {
            // Once it is known that memory runs short, nothing is gained by many lines about it.
            plan.log(worker.isMemoryTight() ? Severity.INFO : Severity.CRIT, FaultKind.INTERNAL,
                    "no memory for a buffer: " + cause.getMessage());
        } else {
            OutOfMemory.check(cause);
            plan.log(Severity.ALERT, FaultKind.BUG, BugLine.of(cause));
        }
    }

    private String doing() {
        return exchange.response().headSent() ? "sending to client" : "reading client request";
    }
}
