package io.frontdesk.modules.addition;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Method;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.engine.request.Subrequest.Output;
import io.frontdesk.engine.request.SubrequestListener;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.response.MediaTypes;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Puts other responses before and behind a response of the client's own request. */
final class AdditionFilter extends Filter {
    private static final Object BEGUN = new Object();

    private final String before;
    private final String after;
    private final MediaTypes types;

    AdditionFilter(String before, String after, MediaTypes types) {
        this.before = before;
        this.after = after;
        this.types = types;
    }

    @Override
    public boolean head(Exchange ex, int index) {
        Response response = ex.response();
        if (response.status() != 200 || ex.isSubrequest() || response.contentType().isEmpty()
                || !types.contains(response.contentType())) {
            return false;
        }
        response.contentLength(-1);
        response.rangesAllowed(false);
        response.fields().removeAll(FieldName.ACCEPT_RANGES);
        response.weakenEtag();
        return true;
    }

    @Override
    public void body(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last) {
        boolean whole = true;
        if (ex.responder().state(index) == null) {
            ex.responder().state(index, BEGUN);
            whole = add(ex, before);
        }
        if (!whole || !last || after.isEmpty()) {
            pass(ex, index, chunk, last, whole);
            return;
        }
        ex.responder().takeFrom(index + 1, chunk, false);
        pass(ex, index, null, true, add(ex, after));
    }

    private static boolean add(Exchange ex, String uri) {
        return uri.isEmpty() || Subrequest.make(ex, uri, null, Method.GET, true, Output.JOINED,
                SubrequestListener.NONE) != null;
    }

    /** nginx: what cannot be added, which was logged, ends the response short. */
    private static void pass(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last, boolean whole) {
        if (whole) {
            ex.responder().takeFrom(index + 1, chunk, last);
            return;
        }
        if (chunk != null) {
            chunk.release();
        }
        ex.responder().abort();
    }
}
