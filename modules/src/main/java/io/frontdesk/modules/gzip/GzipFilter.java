package io.frontdesk.modules.gzip;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Filter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Compresses what the location's settings and the request allow. Settings are shared; the work of an exchange is its {@link Deflation}. */
final class GzipFilter extends Filter {
    private final GzipSettings settings;
    private final int slot;

    GzipFilter(GzipSettings settings, int slot) {
        this.settings = settings;
        this.slot = slot;
    }

    @Override
    public boolean head(Exchange ex, int index) {
        Response response = ex.response();
        int status = response.status();
        if (status != 200 && status != 403 && status != 404 || response.fields().find(FieldName.CONTENT_ENCODING) >= 0
                || response.contentLength() >= 0 && response.contentLength() < settings.minLength()
                || !settings.types().contains(response.contentType())) {
            return false;
        }
        if (settings.vary()) {
            response.fields().add("Vary", "Accept-Encoding");
        }
        if (ex.isHead() || response.headOnly() || !settings.allows(ex)) {
            return false;
        }
        response.contentLength(-1);
        response.rangesAllowed(false);
        response.fields().removeAll(FieldName.ACCEPT_RANGES);
        response.fields().add(FieldName.CONTENT_ENCODING, "gzip");
        response.weakenEtag();
        Deflation deflation = new Deflation(ex.worker().allocator(), settings.level());
        ex.responder().state(index, deflation);
        ex.slot(slot, deflation.ratio());
        return true;
    }

    @Override
    public void body(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last) {
        Deflation deflation = (Deflation) ex.responder().state(index);
        if (deflation == null) {
            ex.responder().takeFrom(index + 1, chunk, last);
            return;
        }
        if (chunk != null) {
            try {
                if (chunk instanceof ByteBuf buffer) {
                    deflation.add(buffer);
                } else {
                    deflation.add((FileRegion) chunk);
                }
            } finally {
                chunk.release();
            }
        }
        ByteBuf out = deflation.giveOutput(last);
        if (out != null || last) {
            ex.responder().takeFrom(index + 1, out, last);
        }
    }

    @Override
    public void flush(Exchange ex, int index) {
        Deflation deflation = (Deflation) ex.responder().state(index);
        ByteBuf out = deflation == null ? null : deflation.giveFlushed();
        if (out != null) {
            ex.responder().takeFrom(index + 1, out, false);
        }
    }
}
