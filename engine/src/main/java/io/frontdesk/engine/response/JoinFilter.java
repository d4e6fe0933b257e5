package io.frontdesk.engine.response;

import io.frontdesk.engine.request.Exchange;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Holds the place of a {@link Joint} among the filters of a location whose responses may have subrequests in them. Stateless. */
public final class JoinFilter extends Filter {
    /** The only one. */
    public static final JoinFilter INSTANCE = new JoinFilter();

    private JoinFilter() {}

    @Override
    public boolean head(Exchange exchange, int index) {
        return false;
    }

    @Override
    public void body(Exchange exchange, int index, @Nullable ReferenceCounted chunk, boolean last) {
        if (exchange.responder().state(index) instanceof Joint joint) {
            joint.take(chunk, last);
        } else {
            super.body(exchange, index, chunk, last);
        }
    }
}
