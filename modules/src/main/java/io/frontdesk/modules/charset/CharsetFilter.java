package io.frontdesk.modules.charset;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.response.MediaTypes;
import io.frontdesk.engine.variable.Template;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Names the charset of a response, and recodes its text where it is in another one. */
final class CharsetFilter extends Filter {
    private final Charsets charsets;
    private final @Nullable Template target;
    private final @Nullable Template source;
    private final boolean overrides;
    private final MediaTypes types;

    CharsetFilter(Charsets charsets, @Nullable Template target, @Nullable Template source, boolean overrides,
            MediaTypes types) {
        this.charsets = charsets;
        this.target = target;
        this.source = source;
        this.overrides = overrides;
        this.types = types;
    }

    @Override
    public boolean head(Exchange ex, int index) {
        Response response = ex.response();
        String to = response.contentType().isEmpty()
                ? null
                : ex.isSubrequest() ? ofMain(ex) : target(ex, response);
        if (to == null) {
            return false;
        }
        String from = response.charset().isEmpty()
                ? source == null ? null : source.value(ex)
                : response.charset().toString();
        if (from == null || from.equalsIgnoreCase(to)) {
            name(response, to);
            return false;
        }
        boolean encoded = response.fields().has(FieldName.CONTENT_ENCODING);
        CharsetMap map = charsets.map(from, to);
        if (encoded && map != null) {
            return false;
        }
        if (map == null) {
            ex.log(FaultKind.INVALID_VALUE, Severity.ERROR,
                    "no \"charset_map\" between the charsets \"" + from + "\" and \"" + to + "\"");
            return false;
        }
        name(response, to);
        Recoder recoder = new Recoder(map, map.to().equalsIgnoreCase(to), ex.worker().allocator());
        if (recoder.changesLength()) {
            response.contentLength(-1);
        }
        response.needBodyInMemory();
        ex.responder().state(index, recoder);
        return true;
    }

    /** A subrequest's text goes into a response whose charset was named already. */
    private static @Nullable String ofMain(Exchange ex) {
        return ex.main().response().charset().isEmpty() ? null : ex.main().response().charset().toString();
    }

    private @Nullable String target(Exchange ex, Response response) {
        @Nullable
        String override = response.charsetOverride();
        if (override != null && !override.isEmpty()) {
            if (charsets.isKnown(override)) {
                return override;
            }
            ex.log(FaultKind.INVALID_VALUE, Severity.ERROR, "unknown charset \"" + override + "\" to override");
            return null;
        }
        if (target == null) {
            return null;
        }
        boolean wanted = response.charset().isEmpty() ? types.contains(response.contentType()) : overrides;
        if (!wanted) {
            return null;
        }
        String name = target.value(ex);
        return name.isEmpty() ? null : name;
    }

    private static void name(Response response, String charset) {
        response.charset().clear();
        // nginx: old browsers took a redirect's charset for that of the next page
        if (response.status() != 301 && response.status() != 302) {
            response.charset().write(charset);
        }
    }

    @Override
    public void body(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last) {
        Recoder recoder = (Recoder) ex.responder().state(index);
        ReferenceCounted recoded = chunk;
        if (recoder != null && (chunk instanceof ByteBuf || chunk == null && last)) {
            ByteBuf part = chunk == null ? ex.worker().allocator().buffer(0) : (ByteBuf) chunk;
            recoded = recoder.recode(part, last);
        }
        ex.responder().takeFrom(index + 1, recoded, last);
    }
}
