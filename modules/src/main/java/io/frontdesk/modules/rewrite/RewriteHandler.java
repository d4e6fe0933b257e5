package io.frontdesk.modules.rewrite;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;

/** Runs the steps of one server or location. Immutable, shared by all loops. */
final class RewriteHandler implements Handler {
    private final Step[] steps;
    private final boolean logs;

    /** {@code logs}: {@code rewrite_log} where the steps stand; nginx: blocks inside do not change it. */
    RewriteHandler(Step[] steps, boolean logs) {
        this.steps = steps;
        this.logs = logs;
    }

    @Override
    public Outcome handle(Exchange exchange) {
        Run run = exchange.worker().own(Run.class, Run::new);
        run.begin(exchange, logs);
        int at = 0;
        while (at >= 0 && at < steps.length) {
            at = steps[at].run(run, at);
        }
        return run.outcome();
    }

    @Override
    public String kind() {
        return "rewrite";
    }
}
