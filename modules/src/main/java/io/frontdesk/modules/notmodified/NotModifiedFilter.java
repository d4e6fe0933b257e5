package io.frontdesk.modules.notmodified;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.engine.core.CoreSettings.IfModifiedSince;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Filter;

/** Turns a 200 into a 304 or a 412 where the conditions of the request say so (RFC 9110 §13). */
final class NotModifiedFilter extends Filter {
    /** The only one: its settings are the location's core ones. */
    static final NotModifiedFilter INSTANCE = new NotModifiedFilter();

    private NotModifiedFilter() {}

    @Override
    public boolean head(Exchange ex, int index) {
        Response response = ex.response();
        if (response.status() != 200 || response.conditionsIgnored()) {
            return false;
        }
        Fields request = ex.request().fields();
        int unmodifiedSince = request.find(FieldName.IF_UNMODIFIED_SINCE);
        int match = request.find(FieldName.IF_MATCH);
        if (unmodifiedSince >= 0 && !isUnmodified(request, unmodifiedSince, response)
                || match >= 0 && !matches(request, match, response.fields(), false)) {
            response.clear();
            ex.responder().replaceBy(412);
            return false;
        }
        int modifiedSince = request.find(FieldName.IF_MODIFIED_SINCE);
        int noneMatch = request.find(FieldName.IF_NONE_MATCH);
        // nginx: where both are there, both must hold
        if (modifiedSince < 0 && noneMatch < 0
                || modifiedSince >= 0 && isModified(ex, request, modifiedSince, response)
                || noneMatch >= 0 && !matches(request, noneMatch, response.fields(), true)) {
            return false;
        }
        response.status(304);
        response.contentType().clear();
        response.charset().clear();
        response.contentLength(-1);
        response.rangesAllowed(false);
        response.fields().removeAll(FieldName.ACCEPT_RANGES);
        response.fields().removeAll(FieldName.CONTENT_ENCODING);
        return false;
    }

    private static long date(Fields request, int field) {
        return HttpDate.parse(request.bytes().array(), request.valueOffset(field), request.valueLength(field));
    }

    private static boolean isUnmodified(Fields request, int field, Response response) {
        long time = date(request, field);
        return response.lastModifiedSeconds() >= 0 && time >= response.lastModifiedSeconds();
    }

    private static boolean isModified(Exchange ex, Fields request, int field, Response response) {
        long modified = response.lastModifiedSeconds();
        IfModifiedSince rule = ex.location().core().ifModifiedSince();
        if (modified < 0 || rule == IfModifiedSince.OFF) {
            return true;
        }
        long time = date(request, field);
        return time != modified && (rule == IfModifiedSince.EXACT || time < modified);
    }

    /** Whether a list of entity tags holds the response's (RFC 9110 §8.8.3.2: weakly or strongly compared). */
    private static boolean matches(Fields request, int field, Fields response, boolean weakly) {
        byte[] list = request.bytes().array();
        int p = request.valueOffset(field);
        int to = p + request.valueLength(field);
        if (to - p == 1 && list[p] == '*') {
            return true;
        }
        int etag = response.find(FieldName.ETAG);
        if (etag < 0) {
            return false;
        }
        byte[] tag = response.bytes().array();
        int tagFrom = response.valueOffset(etag);
        int tagTo = tagFrom + response.valueLength(etag);
        if (weakly && isWeak(tag, tagFrom, tagTo)) {
            tagFrom += 2;
        }
        while (p < to) {
            if (weakly && isWeak(list, p, to)) {
                p += 2;
            }
            int length = tagTo - tagFrom;
            if (to - p < length) {
                return false;
            }
            if (java.util.Arrays.equals(list, p, p + length, tag, tagFrom, tagTo)) {
                p = spaces(list, p + length, to, false);
                if (p == to || list[p] == ',') {
                    return true;
                }
            }
            while (p < to && list[p] != ',') {
                p++;
            }
            p = spaces(list, p, to, true);
        }
        return false;
    }

    private static boolean isWeak(byte[] array, int from, int to) {
        return to - from > 2 && array[from] == 'W' && array[from + 1] == '/';
    }

    private static int spaces(byte[] array, int from, int to, boolean commas) {
        int p = from;
        while (p < to && (array[p] == ' ' || array[p] == '\t' || commas && array[p] == ',')) {
            p++;
        }
        return p;
    }
}
