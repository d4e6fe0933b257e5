package io.frontdesk.modules.sub;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.response.MediaTypes;
import io.frontdesk.engine.variable.Template;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces texts in the responses of a location. Immutable, shared by all loops. */
final class SubFilter extends Filter {
    private final List<Pair> pairs;
    private final MediaTypes types;
    private final boolean once;
    private final boolean keepsLastModified;
    private final @Nullable SubPatterns fixed;

    SubFilter(List<Pair> pairs, MediaTypes types, boolean once, boolean keepsLastModified) {
        this.pairs = List.copyOf(pairs);
        this.types = types;
        this.once = once;
        this.keepsLastModified = keepsLastModified;
        this.fixed = pairs.stream().allMatch(pair -> pair.text.isConstant())
                ? new SubPatterns(pairs.stream().map(pair -> pair.text.source()).toList())
                : null;
    }

    /** A line: a text, and what it is replaced by. */
    record Pair(Template text, Template value) {}

    @Override
    public boolean head(Exchange ex, int index) {
        Response response = ex.response();
        if (response.contentLength() == 0 || !types.contains(response.contentType())) {
            return false;
        }
        Substitution substitution = substitution(ex, index + 1);
        if (substitution == null) {
            return false;
        }
        response.needBodyInMemory();
        if (!ex.isSubrequest()) {
            response.contentLength(-1);
            if (keepsLastModified) {
                response.weakenEtag();
            } else {
                response.lastModifiedSeconds(-1);
                response.fields().removeAll(FieldName.LAST_MODIFIED);
                response.fields().removeAll(FieldName.ETAG);
            }
        }
        ex.responder().state(index, substitution);
        return true;
    }

    private @Nullable Substitution substitution(Exchange ex, int next) {
        SubPatterns known = fixed;
        if (known != null) {
            return new Substitution(ex, next, known, pairs.stream().map(Pair::value).toList(), once);
        }
        List<String> texts = new ArrayList<>();
        List<Template> values = new ArrayList<>();
        for (Pair pair : pairs) {
            String text = pair.text.value(ex);
            if (!text.isEmpty()) {
                texts.add(text);
                values.add(pair.value);
            }
        }
        return texts.isEmpty() ? null : new Substitution(ex, next, new SubPatterns(texts), values, once);
    }

    @Override
    public void body(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last) {
        if (ex.responder().state(index) instanceof Substitution substitution
                && (chunk == null || chunk instanceof ByteBuf)) {
            substitution.take((ByteBuf) chunk, last);
        } else {
            super.body(ex, index, chunk, last);
        }
    }
}
