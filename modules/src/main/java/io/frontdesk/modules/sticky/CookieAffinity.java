package io.frontdesk.modules.sticky;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.variable.Template;
import java.util.List;

/** A cookie names the server, and is set anew with each response. Immutable, shared by all loops. */
final class CookieAffinity extends RouteAffinity {
    private final StickyCookie cookie;

    CookieAffinity(List<Template> lookups, StickyCookie cookie) {
        super(lookups);
        this.cookie = cookie;
    }

    @Override
    public void taken(Choice choice, Peer peer) {
        Exchange ex = choice.exchange();
        Fields fields = ex.response().fields();
        if (choice.cookie() >= 0) {
            // another server was tried before
            fields.remove(choice.cookie());
        }
        Bytes out = ex.worker().takeScratch();
        try {
            cookie.append(ex, peer.id(), out);
            int place = fields.size();
            choice.cookie(fields.add(FieldName.SET_COOKIE, out.array(), 0, out.length()) ? place : -1);
        } finally {
            ex.worker().giveBackScratch(out);
        }
    }
}
