package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldList;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.codec.http.Status;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.ErrorPage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What of an upstream's head becomes the client's: fields that concern the connection stay here, those of X-Accel are obeyed, some are
 * hidden, some rewritten, all others pass. Stateless.
 */
final class ResponseFields {
    private static final int HIDDEN = 1;
    private static final int OWN = 2;
    private static final int ACCEL = 3;
    /** What to do with known fields: 0 passes. */
    private static final byte[] RULES = new byte[FieldName.COUNT];
    /** Those of which nginx passes the first only. */
    private static final boolean[] SINGLE = new boolean[FieldName.COUNT];

    static {
        // RFC 9110 §7.6.1: about the connection to the upstream only
        RULES[FieldName.CONNECTION] = HIDDEN;
        RULES[FieldName.KEEP_ALIVE] = HIDDEN;
        RULES[FieldName.PROXY_CONNECTION] = HIDDEN;
        RULES[FieldName.TRANSFER_ENCODING] = HIDDEN;
        RULES[FieldName.TE] = HIDDEN;
        RULES[FieldName.CONTENT_LENGTH] = HIDDEN;
        RULES[FieldName.TRAILER] = OWN;
        RULES[FieldName.UPGRADE] = OWN;
        RULES[FieldName.CONTENT_TYPE] = OWN;
        RULES[FieldName.LAST_MODIFIED] = OWN;
        RULES[FieldName.ACCEPT_RANGES] = OWN;
        RULES[FieldName.LOCATION] = OWN;
        RULES[FieldName.REFRESH] = OWN;
        RULES[FieldName.SET_COOKIE] = OWN;
        RULES[FieldName.X_ACCEL_BUFFERING] = ACCEL;
        RULES[FieldName.X_ACCEL_CHARSET] = ACCEL;
        RULES[FieldName.X_ACCEL_LIMIT_RATE] = ACCEL;
        for (int id : new int[]{FieldName.CONTENT_TYPE, FieldName.DATE, FieldName.ETAG, FieldName.SERVER,
                FieldName.LOCATION,
                FieldName.REFRESH, FieldName.EXPIRES, FieldName.LAST_MODIFIED, FieldName.STATUS,
                FieldName.X_ACCEL_EXPIRES,
                FieldName.X_ACCEL_REDIRECT, FieldName.X_ACCEL_LIMIT_RATE}) {
            SINGLE[id] = true;
        }
    }

    private ResponseFields() {}

    /** Fills the response; gives whether it is buffered. */
    static boolean pass(Exchange ex, UpstreamHead codec, UpstreamSettings settings, UpstreamProtocol protocol) {
        Response response = ex.response();
        Fields fields = codec.fields();
        Fields to = response.fields();
        boolean buffers = settings.buffering != Buffering.OFF;
        response.status(codec.status());
        response.reason(codec.reason());
        response.contentLength(codec.contentLength());
        boolean names = namesFields(fields);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.isRemoved(i)) {
                continue;
            }
            int id = fields.id(i);
            int rule = RULES[id];
            if (SINGLE[id] && fields.find(id) != i) {
                duplicate(ex, fields, i);
                continue;
            }
            if (rule == ACCEL) {
                buffers = obey(ex, id, fields, i, settings, buffers);
            }
            if (rule == HIDDEN || settings.hidden.contains(fields, i) || names && isNamedInConnection(fields, i)) {
                continue;
            }
            if (rule == OWN) {
                passOwn(ex, id, fields, i, settings, protocol);
            } else {
                to.add(fields, i);
            }
        }
        response.omitsServer(settings.passesServer);
        response.omitsDate(settings.passesDate);
        // the upstream has judged the request's conditions
        response.conditionsIgnored(true);
        if (settings.forcesRanges) {
            response.rangesAllowed(true);
        }
        return buffers && (settings.buffering != Buffering.AUTO || !Buffering.isStream(response.contentType())
                || saysBuffering(fields, settings));
    }

    private static boolean saysBuffering(Fields fields, UpstreamSettings settings) {
        return fields.has(FieldName.X_ACCEL_BUFFERING) && !settings.ignores(IgnoredHeader.X_ACCEL_BUFFERING);
    }

    /** The response is kept, or was: its conditions and its ranges are judged here. */
    static void judgeHere(Exchange ex, UpstreamHead head, boolean seekable) {
        Response response = ex.response();
        Fields fields = head.fields();
        response.conditionsIgnored(false);
        int modified = fields.find(FieldName.LAST_MODIFIED);
        if (modified >= 0 && response.lastModifiedSeconds() < 0) {
            long seconds = HttpDate.parse(fields.bytes().array(), fields.valueOffset(modified),
                    fields.valueLength(modified));
            if (seconds >= 0) {
                response.fields().removeAll(FieldName.LAST_MODIFIED);
                response.lastModifiedSeconds(seconds);
            }
        }
        if (fields.has(FieldName.ACCEPT_RANGES) && !response.rangesAllowed()) {
            response.fields().removeAll(FieldName.ACCEPT_RANGES);
            response.rangesAllowed(true);
        }
        if (seekable) {
            response.markSeekable();
        }
    }

    private static void duplicate(Exchange ex, Fields fields, int i) {
        int first = fields.find(fields.id(i));
        ex.log(FaultKind.FIELD_IGNORED, Severity.WARN,
                "upstream sent duplicate header line: \"" + fields.nameString(i) + ": "
                        + fields.valueString(i) + "\", previous value: \"" + fields.nameString(first) + ": "
                        + fields.valueString(first) + "\", ignored" + Fault.READING_HEAD);
    }

    /** Whether Connection may name fields that would pass: what it nearly always says names none. */
    private static boolean namesFields(Fields fields) {
        int first = fields.find(FieldName.CONNECTION);
        return first >= 0 && (fields.next(first) >= 0 || !fields.valueEquals(first, "keep-alive"));
    }

    private static boolean isNamedInConnection(Fields fields, int index) {
        byte[] array = fields.bytes().array();
        int id = fields.id(index);
        for (int c = fields.find(FieldName.CONNECTION); c >= 0; c = fields.next(c)) {
            int to = fields.valueOffset(c) + fields.valueLength(c);
            int start = FieldList.memberStart(array, fields.valueOffset(c), to);
            while (start < to) {
                int end = FieldList.memberEnd(array, start, to);
                if (end - start == fields.nameLength(index)
                        && Octets.equalsFolded(array, fields.nameOffset(index), array,
                                start, end - start)) {
                    return id != FieldName.UPGRADE && id != FieldName.CONTENT_TYPE;
                }
                start = FieldList.memberStart(array, end, to);
            }
        }
        return false;
    }

    private static void passOwn(Exchange ex, int id, Fields fields, int i, UpstreamSettings settings,
            UpstreamProtocol protocol) {
        Response response = ex.response();
        byte[] array = fields.bytes().array();
        int from = fields.valueOffset(i);
        int length = fields.valueLength(i);
        switch (id) {
            case FieldName.CONTENT_TYPE -> contentType(response, array, from, length);
            case FieldName.LAST_MODIFIED -> {
                if (settings.forcesRanges) {
                    response.lastModifiedSeconds(HttpDate.parse(array, from, length));
                }
                if (response.lastModifiedSeconds() < 0) {
                    response.fields().add(fields, i);
                }
            }
            case FieldName.ACCEPT_RANGES -> {
                if (!settings.forcesRanges) {
                    response.fields().add(fields, i);
                }
            }
            case FieldName.UPGRADE -> {
                if (response.status() == 101) {
                    response.fields().add(fields, i);
                }
            }
            case FieldName.TRAILER -> {
                if (settings.passesTrailers) {
                    response.fields().add(fields, i);
                }
            }
            default -> {
                Bytes out = ex.worker().takeScratch();
                try {
                    if (!protocol.rewrite(ex, id, array, from, length, out)
                            || !response.fields().add(id, out.array(), 0, out.length())) {
                        response.fields().add(fields, i);
                    }
                } finally {
                    ex.worker().giveBackScratch(out);
                }
            }
        }
    }

    /** nginx: the charset is taken apart, so that the charset filter can replace it. */
    private static void contentType(Response response, byte[] array, int from, int length) {
        int end = from + length;
        int typeEnd = end;
        response.contentType().clear();
        response.charset().clear();
        for (int p = from; p < end; p++) {
            if (array[p] != ';') {
                continue;
            }
            int q = p + 1;
            while (q < end && array[q] == ' ') {
                q++;
            }
            if (q + 8 <= end && Octets.equalsFolded(array, q, 8, "charset=")) {
                int start = q + 8;
                int stop = end;
                if (start < stop && array[start] == '"') {
                    start++;
                }
                if (stop > start && array[stop - 1] == '"') {
                    stop--;
                }
                typeEnd = p;
                response.charset().write(array, start, stop - start);
                break;
            }
        }
        response.contentType().write(array, from, typeEnd - from);
    }

    private static boolean obey(Exchange ex, int id, Fields fields, int i, UpstreamSettings settings, boolean buffers) {
        switch (id) {
            case FieldName.X_ACCEL_BUFFERING -> {
                if (!settings.ignores(IgnoredHeader.X_ACCEL_BUFFERING)) {
                    return fields.valueEquals(i, "yes") || !fields.valueEquals(i, "no") && buffers;
                }
            }
            case FieldName.X_ACCEL_LIMIT_RATE -> {
                if (!settings.ignores(IgnoredHeader.X_ACCEL_LIMIT_RATE)) {
                    OptionalLong rate = Numbers.parse(fields.valueString(i));
                    rate.ifPresent(ex::limitRate);
                }
            }
            default -> {
                if (!settings.ignores(IgnoredHeader.X_ACCEL_CHARSET)) {
                    ex.response().charsetOverride(fields.valueString(i));
                }
            }
        }
        return buffers;
    }

    /** X-Accel-Redirect: where the request goes on, or null. */
    static @Nullable Outcome accelRedirect(Exchange ex, UpstreamHead codec, UpstreamSettings settings) {
        Fields fields = codec.fields();
        int at = fields.find(FieldName.X_ACCEL_REDIRECT);
        if (at < 0 || settings.ignores(IgnoredHeader.X_ACCEL_REDIRECT)) {
            return null;
        }
        Fields to = ex.response().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.isRemoved(i)) {
                continue;
            }
            switch (fields.id(i)) {
                // nginx: these are what the answer from the other location keeps
                case FieldName.SET_COOKIE, FieldName.CONTENT_DISPOSITION, FieldName.CACHE_CONTROL, FieldName.EXPIRES,
                        FieldName.ACCEPT_RANGES ->
                    to.add(fields, i);
                case FieldName.CONTENT_TYPE -> contentType(ex.response(), fields.bytes().array(),
                        fields.valueOffset(i), fields.valueLength(i));
                case FieldName.X_ACCEL_LIMIT_RATE, FieldName.X_ACCEL_CHARSET -> obey(ex, fields.id(i), fields, i,
                        settings, false);
                default -> {
                }
            }
        }
        return AccelTarget.jump(ex, fields.valueString(at));
    }

    /** Whether the location has a page for the response's status; of 401 the challenges are kept. */
    static boolean intercept(Exchange ex, UpstreamHead codec) {
        for (ErrorPage page : ex.location().core().errorPages()) {
            if (page.status() == codec.status()) {
                Fields fields = codec.fields();
                if (codec.status() == 401) {
                    for (int i = fields.find(FieldName.WWW_AUTHENTICATE); i >= 0; i = fields.next(i)) {
                        ex.response().fields().add(fields, i);
                    }
                }
                return true;
            }
        }
        return false;
    }

    /** Sends an interim response 103 with the upstream's fields. */
    static void passEarlyHints(Exchange ex, Fields fields, UpstreamSettings settings) {
        Fields hints = new Fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.isRemoved(i) && RULES[fields.id(i)] != HIDDEN && !settings.hidden.contains(fields, i)) {
                hints.add(fields, i);
            }
        }
        ex.stream().writeInterim(103, hints);
    }

    /** Hands on the trailer fields of a body that has ended. */
    static void passTrailers(Exchange ex, UpstreamCodec codec, UpstreamSettings settings) {
        Fields trailers = settings.passesTrailers ? codec.trailers() : null;
        if (trailers == null || trailers.size() == 0) {
            return;
        }
        for (int i = 0; i < trailers.size(); i++) {
            if (!trailers.isRemoved(i) && RULES[trailers.id(i)] != HIDDEN && !settings.hidden.contains(trailers, i)) {
                ex.response().makeTrailers().add(trailers, i);
            }
        }
    }

    /** Whether a status has a usual reason phrase. */
    static boolean hasUsualReason(int status) {
        return !Status.reason(status).isEmpty();
    }
}
