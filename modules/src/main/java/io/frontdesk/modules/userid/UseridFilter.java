package io.frontdesk.modules.userid;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.response.Filter;

/** Puts the cookie into the head. Immutable, shared by all loops. */
final class UseridFilter extends Filter {
    private final UidCookie cookie;

    UseridFilter(UidCookie cookie) {
        this.cookie = cookie;
    }

    @Override
    public boolean head(Exchange exchange, int index) {
        cookie.addTo(exchange);
        return false;
    }
}
