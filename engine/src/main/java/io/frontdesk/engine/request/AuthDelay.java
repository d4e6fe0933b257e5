package io.frontdesk.engine.request;

import io.frontdesk.config.Severity;
import io.frontdesk.net.loop.Deadline;

/** A refusal for want of the right password that is held back ({@code auth_delay}), so that passwords cannot be tried out fast. Loop only. */
final class AuthDelay implements ContentState {
    private final Exchange exchange;
    private final int status;
    private final Deadline deadline;

    private AuthDelay(Exchange exchange, int status) {
        this.exchange = exchange;
        this.status = status;
        this.deadline = new Deadline(exchange.worker().wheel(), d -> ended());
    }

    /** Holds a refusal back, if the location says so; false when it may go out at once. */
    static boolean holds(Exchange ex, int status) {
        if (ex.phase != Phase.ACCESS || status != 401 && status != 407 || ex.trace() != null) {
            return false;
        }
        long millis = ex.location().core().authDelayMillis();
        if (millis == 0) {
            return false;
        }
        ex.log(Severity.INFO, "delaying unauthorized request");
        AuthDelay delay = new AuthDelay(ex, status);
        ex.content(delay);
        delay.deadline.arm(millis);
        return true;
    }

    private void ended() {
        exchange.content(null);
        PhaseRunner.refuseNow(exchange, status);
    }

    @Override
    public void clientGone() {
        exchange.response().status(499);
        exchange.stream().closeWithoutAnswer(exchange);
    }

    @Override
    public void release() {
        deadline.release();
    }
}
