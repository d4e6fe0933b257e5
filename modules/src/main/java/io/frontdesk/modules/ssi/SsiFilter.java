package io.frontdesk.modules.ssi;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Filter;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Reads the responses of a location for commands. */
final class SsiFilter extends Filter {
    private final SsiSettings settings;

    SsiFilter(SsiSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean head(Exchange ex, int index) {
        Response response = ex.response();
        if (response.contentLength() == 0 || response.contentType().isEmpty()
                || !settings.types().contains(response.contentType())) {
            return false;
        }
        response.needBodyInMemory();
        if (!ex.isSubrequest()) {
            response.contentLength(-1);
            response.rangesAllowed(false);
            response.fields().removeAll(FieldName.ACCEPT_RANGES);
            if (settings.keepsLastModified()) {
                response.weakenEtag();
            } else {
                response.lastModifiedSeconds(-1);
                response.fields().removeAll(FieldName.LAST_MODIFIED);
                response.fields().removeAll(FieldName.ETAG);
            }
        }
        if (ex.isHead() || response.headOnly()) {
            return false;
        }
        ex.responder().state(index, new SsiPage(ex, index, settings));
        return true;
    }

    @Override
    public void body(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last) {
        if (ex.responder().state(index) instanceof SsiPage page) {
            page.take(chunk, last);
        } else {
            super.body(ex, index, chunk, last);
        }
    }
}
