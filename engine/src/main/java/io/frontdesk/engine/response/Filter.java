package io.frontdesk.engine.response;

import io.frontdesk.engine.request.Exchange;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * One stage that a response passes, compiled for one location. It sees the head, and says whether it wants the body. State of one
 * exchange is kept by {@link Responder#state}. Loop of the exchange only.
 */
public abstract class Filter {
    /**
     * Looks at, and may change, the head.
     *
     * @return whether the body shall pass {@link #body}
     */
    public abstract boolean head(Exchange exchange, int index);

    /**
     * Takes a part of the body and hands on what it makes of it by {@link Responder#takeFrom}.
     *
     * @param chunk owned by the callee from here; null for none
     * @param last  whether the body ends with it
     */
    public void body(Exchange exchange, int index, @Nullable ReferenceCounted chunk, boolean last) {
        exchange.responder().takeFrom(index + 1, chunk, last);
    }

    /**
     * Hands on what it keeps back only because more may come: the response is a stream, and who reads it waits. For a filter that wants
     * the body.
     */
    public void flush(Exchange exchange, int index) {}
}
