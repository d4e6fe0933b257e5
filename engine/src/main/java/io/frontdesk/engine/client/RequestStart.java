package io.frontdesk.engine.client;

import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.PhaseRunner;
import io.frontdesk.engine.response.ErrorPages;

/** Sends an exchange that has begun into its first phase, or refuses it before. Stateless; loop of the exchange only. */
public final class RequestStart {
    private RequestStart() {}

    /** Starts a request whose server was chosen, whose URI is set and whose body is ready to be read. */
    public static void run(Exchange ex, ServerChoice servers) {
        servers.settle(ex);
        int refusal = servers.refusal(ex);
        if (refusal != 0) {
            PhaseRunner.refuse(ex, refusal);
            return;
        }
        if (ex.request().method() == Method.CONNECT && !ex.server().allowsConnect()) {
            ex.keepsAlive(false);
            ex.blame().log(FaultKind.METHOD_NOT_ALLOWED,
                    "client sent CONNECT method while reading client request headers");
            PhaseRunner.refuse(ex, 405);
            return;
        }
        if (ex.worker().isMemoryTight()) {
            ex.keepsAlive(false);
            ex.blame().on(FaultKind.OVERLOADED);
            ErrorPages.answerPlain(ex, 503);
            return;
        }
        try {
            PhaseRunner.start(ex);
        } catch (RuntimeException bug) {
            ErrorPages.bug(ex, bug);
        }
    }

    /** Refuses a request whose head is broken. */
    public static void refuse(Exchange ex, int status, String reason) {
        ex.blame().log(FaultKind.ofStatus(status), Severity.INFO, reason, null);
        if (ex.trace() != null) {
            ex.trace().step("refused", null, reason);
        }
        try {
            PhaseRunner.refuse(ex, status);
        } catch (RuntimeException bug) {
            ErrorPages.bug(ex, bug);
        }
    }
}
