package io.frontdesk.modules.range;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.response.Ranges;
import io.netty.util.ReferenceCounted;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers a Range with 206 or 416 (RFC 9110 §14). What goes out is never much more than the entity: several ranges that
 * would be are ignored, so that a request cannot multiply our work.
 */
final class RangeFilter extends Filter {
    /** The only one: its settings are the location's core ones. */
    static final RangeFilter INSTANCE = new RangeFilter();

    private static final int UNIT_LENGTH = 6;
    /** nginx: what the heads of the parts may add to a small entity. */
    private static final long MULTIPART_ALLOWANCE = 4096;

    /** How large a body may be that comes in parts and must be held for ranges out of order. */
    private static final long MAX_HELD_BYTES = 64 * 1024;

    private RangeFilter() {}

    @Override
    public boolean head(Exchange ex, int index) {
        Response response = ex.response();
        int max = ex.location().core().maxRanges();
        if (response.status() != 200 || response.contentLength() < 0 || !response.rangesAllowed() || max == 0
                || ex.request().protocol().equals("HTTP/0.9")) {
            return false;
        }
        Fields request = ex.request().fields();
        int range = request.find(FieldName.RANGE);
        if (range >= 0 && isInBytes(request, range) && holdsIfRange(request, response)) {
            Ranges ranges = new Ranges();
            int from = request.valueOffset(range);
            Ranges.Verdict verdict = ranges.parse(request.bytes().array(), from + UNIT_LENGTH,
                    from + request.valueLength(range), response.contentLength(), max);
            if (verdict == Ranges.Verdict.UNSATISFIABLE) {
                refuse(ex, response);
                return false;
            }
            if (verdict == Ranges.Verdict.SATISFIED && accept(ex, response, ranges)) {
                return true;
            }
        }
        response.fields().removeAll(FieldName.ACCEPT_RANGES);
        response.fields().add(FieldName.ACCEPT_RANGES, "bytes");
        return false;
    }

    private static boolean isInBytes(Fields request, int range) {
        return request.valueLength(range) > UNIT_LENGTH && Octets.equalsFolded(request.bytes().array(),
                request.valueOffset(range), UNIT_LENGTH, "bytes=");
    }

    /** RFC 9110 §13.1.5: an entity tag, compared strongly, or the very time of the entity. */
    private static boolean holdsIfRange(Fields request, Response response) {
        int field = request.find(FieldName.IF_RANGE);
        if (field < 0) {
            return true;
        }
        byte[] array = request.bytes().array();
        int from = request.valueOffset(field);
        int to = from + request.valueLength(field);
        if (to - from >= 2 && array[to - 1] == '"') {
            Fields fields = response.fields();
            int etag = fields.find(FieldName.ETAG);
            if (etag < 0) {
                return false;
            }
            int start = fields.valueOffset(etag);
            return Arrays.equals(array, from, to, fields.bytes().array(), start, start + fields.valueLength(etag));
        }
        return response.lastModifiedSeconds() >= 0
                && HttpDate.parse(array, from, to - from) == response.lastModifiedSeconds();
    }

    private static void refuse(Exchange ex, Response response) {
        long length = response.contentLength();
        response.clear();
        response.fields().add(FieldName.CONTENT_RANGE, "bytes */" + length);
        ex.responder().replaceBy(416);
    }

    private static boolean accept(Exchange ex, Response response, Ranges ranges) {
        long length = response.contentLength();
        if (ranges.count() > 1) {
            if (!ranges.isInOrder() && !response.isSeekable() && length > MAX_HELD_BYTES) {
                return false;
            }
            String boundary = String.format("%020d", ex.worker().randomLong() >>> 1);
            ranges.multipart(boundary, response.contentType(), response.charset());
            long all = ranges.total() > length ? Long.MAX_VALUE : ranges.multipartLength();
            if (all > length + Math.max(MULTIPART_ALLOWANCE, length / 10)) {
                return false;
            }
            response.contentType("multipart/byteranges; boundary=" + boundary);
            response.charset().clear();
            response.contentLength(all);
        }
        response.fields().removeAll(FieldName.CONTENT_RANGE);
        if (ranges.count() == 1) {
            Bytes value = ex.worker().takeScratch();
            value.write("bytes ");
            ranges.appendContentRange(0, value);
            response.fields().add(FieldName.CONTENT_RANGE, value.array(), 0, value.length());
            ex.worker().giveBackScratch(value);
            response.contentLength(ranges.total());
        }
        response.fields().removeAll(FieldName.ACCEPT_RANGES);
        response.status(206);
        response.ranges(ranges);
        return true;
    }

    @Override
    public void body(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last) {
        Object state = ex.responder().state(index);
        if (state == null) {
            @Nullable
            Ranges ranges = ex.response().ranges();
            if (ranges == null) {
                // the handler took them, and sends only what was asked for
                ex.responder().takeFrom(index + 1, chunk, last);
                return;
            }
            state = new RangeCutter(ex, ranges, index + 1);
            ex.responder().state(index, state);
        }
        ((RangeCutter) state).take(chunk, last);
    }
}
