package io.frontdesk.modules.headers;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.modules.headers.Expires.Kind;
import io.netty.util.ReferenceCounted;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Adds the fields of a location to a head, and its trailers behind the body. */
final class HeadersFilter extends Filter {
    private static final String MAX_DATE = "Thu, 31 Dec 2037 23:55:55 GMT";
    private static final String EPOCH_DATE = "Thu, 01 Jan 1970 00:00:01 GMT";

    private final @Nullable Expires expires;
    private final AddedField[] headers;
    private final AddedField[] trailers;
    private final @Nullable Position expiresAt;

    HeadersFilter(@Nullable Expires expires, AddedField[] headers, AddedField[] trailers,
            @Nullable Position expiresAt) {
        this.expiresAt = expiresAt;
        this.expires = expires;
        this.headers = headers;
        this.trailers = trailers;
    }

    @Override
    public boolean head(Exchange ex, int index) {
        boolean safe = isSafe(ex.response().status());
        if (expires != null && safe) {
            Expires.Fixed when = expires.in(ex);
            if (when != null) {
                expire(ex, when);
                if (ex.trace() != null) {
                    ex.trace().adds("Expires", null, expiresAt);
                    ex.trace().adds("Cache-Control", null, expiresAt);
                }
            }
        }
        for (AddedField field : headers) {
            if (safe || field.always()) {
                add(ex, field);
            } else if (ex.trace() != null) {
                ex.trace().step("add_header", field.at(),
                        field.name().name() + " is left off: without \"always\" it is not for"
                                + " status " + ex.response().status());
            }
        }
        for (AddedField field : trailers) {
            if (safe || field.always()) {
                // said now, as the framing depends on it; filled when the body is over
                ex.response().makeTrailers();
                return true;
            }
        }
        return false;
    }

    /** nginx: the statuses whose responses may get fields without {@code always}. */
    private static boolean isSafe(int status) {
        return switch (status) {
            case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 -> true;
            default -> false;
        };
    }

    private static void add(Exchange ex, AddedField field) {
        Bytes value = ex.worker().takeScratch();
        try {
            field.value().append(ex, value);
            Response response = ex.response();
            Fields fields = response.fields();
            switch (field.id()) {
                case FieldName.ETAG -> fields.removeAll(FieldName.ETAG);
                case FieldName.LAST_MODIFIED -> {
                    // the text goes out as it is, and its time is what ranges are compared with
                    fields.removeAll(FieldName.LAST_MODIFIED);
                    response.lastModifiedSeconds(-1);
                }
                default -> {
                }
            }
            if (!value.isEmpty()) {
                add(ex, fields, field, value);
            }
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }

    private static void add(Exchange ex, Fields fields, AddedField field, Bytes value) {
        // RFC 9110 §5.5: a value has no blanks around it; a break at its end, as a quoted text often has, is left off too
        int length = value.length();
        while (length > 0 && isBlank(value.get(length - 1))) {
            length--;
        }
        value.truncate(length);
        if (ex.trace() != null) {
            ex.trace().adds(field.name().name(), value.toString(), field.at());
        }
        if (!fields.add(field.name(), value.array(), 0, value.length())) {
            ex.log(FaultKind.INVALID_VALUE, Severity.ERROR, "the value of the field \"" + field.name().name()
                    + "\" holds a line break or a NUL, the field is dropped");
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    private static void expire(Exchange ex, Expires.Fixed when) {
        switch (when.kind()) {
            case EPOCH -> expire(ex, EPOCH_DATE, "no-cache");
            case MAX -> expire(ex, MAX_DATE, "max-age=315360000");
            case OFF -> {
            }
            case ACCESS, MODIFIED, DAILY -> expireAt(ex, when);
        }
    }

    private static void expireAt(Exchange ex, Expires.Fixed when) {
        long now = ex.worker().clock().wallSeconds();
        long modified = ex.response().lastModifiedSeconds();
        long at;
        if (when.kind() == Kind.DAILY) {
            at = nextTime(now, when.seconds());
        } else if (when.seconds() == 0 || when.kind() == Kind.ACCESS || modified < 0) {
            // nginx: no time at all is counted from now, even with modified
            at = now + when.seconds();
        } else {
            at = modified + when.seconds();
        }
        long age = at - now;
        Bytes date = ex.worker().takeScratch();
        HttpDate.format(at, date);
        expire(ex, date.toString(), when.seconds() < 0 || age < 0 ? "no-cache" : "max-age=" + age);
        ex.worker().giveBackScratch(date);
    }

    /** The next moment at which the local clock shows so many seconds after midnight. */
    private static long nextTime(long now, long seconds) {
        ZoneId zone = ZoneId.systemDefault();
        ZonedDateTime local = Instant.ofEpochSecond(now).atZone(zone);
        LocalDate day = local.toLocalDate();
        long today = day.atStartOfDay(zone).plusSeconds(seconds).toEpochSecond();
        return today > now ? today : day.plusDays(1).atStartOfDay(zone).plusSeconds(seconds).toEpochSecond();
    }

    private static void expire(Exchange ex, String date, String control) {
        Fields fields = ex.response().fields();
        fields.removeAll(FieldName.EXPIRES);
        fields.removeAll(FieldName.CACHE_CONTROL);
        fields.add(FieldName.EXPIRES, date);
        fields.add(FieldName.CACHE_CONTROL, control);
    }

    @Override
    public void body(Exchange ex, int index, @Nullable ReferenceCounted chunk, boolean last) {
        if (last) {
            boolean safe = isSafe(ex.response().status());
            for (AddedField field : trailers) {
                if (safe || field.always()) {
                    addTrailer(ex, field);
                }
            }
        }
        ex.responder().takeFrom(index + 1, chunk, last);
    }

    private static void addTrailer(Exchange ex, AddedField field) {
        Bytes value = ex.worker().takeScratch();
        try {
            field.value().append(ex, value);
            if (!value.isEmpty()) {
                add(ex, ex.response().makeTrailers(), field, value);
            }
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }
}
