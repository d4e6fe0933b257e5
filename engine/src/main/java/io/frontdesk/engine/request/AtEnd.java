package io.frontdesk.engine.request;

import org.jspecify.annotations.Nullable;

/** What has to be done when a request is over, logged or not: a link in its exchange's list. Loop of the exchange. */
public abstract class AtEnd {
    @Nullable
    AtEnd next;

    /** Does it. Called once. */
    protected abstract void end();
}
