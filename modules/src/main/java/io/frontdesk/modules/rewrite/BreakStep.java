package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Statement;
import io.frontdesk.engine.request.Exchange;

/** {@code break}: ends the list; a URI that was changed stays in this location. */
record BreakStep(Statement at) implements Step {

    @Override
    public int run(Run run, int at) {
        Exchange ex = run.exchange();
        if (ex.uri().isChanged()) {
            ex.uri().changed(false);
            ex.uri().locationFits(false);
        }
        run.tell("break", this.at, "ends the lines of this block");
        return END;
    }
}
