package io.frontdesk.modules.rewrite;

import io.frontdesk.engine.request.Exchange;

/** {@code break}: ends the list; a URI that was changed stays in this location. */
enum BreakStep implements Step {
    INSTANCE;

    @Override
    public int run(Run run, int at) {
        Exchange ex = run.exchange();
        if (ex.isUriChanged()) {
            ex.uriChanged(false);
            ex.locationFits(false);
        }
        return END;
    }
}
