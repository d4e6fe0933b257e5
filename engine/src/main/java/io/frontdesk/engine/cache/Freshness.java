package io.frontdesk.engine.cache;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.engine.upstream.IgnoredHeader;
import java.util.Locale;

/**
 * For how long a response may be kept, by its own fields: X-Accel-Expires goes before Cache-Control, and that before Expires. Made for one
 * head.
 */
final class Freshness {
    private static final long UNSAID = -1;

    private final Fields fields;
    private final int ignored;
    private final long now;
    private boolean forbidden;
    private long until = UNSAID;
    private long staleUpdating;
    private long staleError;

    Freshness(Fields fields, int ignoredHeaders, long nowSeconds) {
        this.fields = fields;
        this.ignored = ignoredHeaders;
        this.now = nowSeconds;
        read();
    }

    private boolean obeys(IgnoredHeader header) {
        return (ignored & 1 << header.ordinal()) == 0;
    }

    private void read() {
        if (obeys(IgnoredHeader.SET_COOKIE) && fields.has(FieldName.SET_COOKIE)) {
            forbidden = true;
        }
        boolean accel = obeys(IgnoredHeader.X_ACCEL_EXPIRES) && accelExpires();
        if (obeys(IgnoredHeader.CACHE_CONTROL)) {
            for (int i = fields.find(FieldName.CACHE_CONTROL); i >= 0; i = fields.next(i)) {
                cacheControl(fields.valueString(i).toLowerCase(Locale.ROOT), accel);
            }
        }
        if (!accel && until == UNSAID && obeys(IgnoredHeader.EXPIRES)) {
            int at = fields.find(FieldName.EXPIRES);
            if (at >= 0) {
                long date = HttpDate.parse(fields.bytes().array(), fields.valueOffset(at), fields.valueLength(at));
                forbid(date <= now);
                until = date;
            }
        }
    }

    private boolean accelExpires() {
        int at = fields.find(FieldName.X_ACCEL_EXPIRES);
        if (at < 0) {
            return false;
        }
        String text = fields.valueString(at);
        boolean absolute = text.startsWith("@");
        long value = seconds(absolute ? text.substring(1) : text);
        if (value < 0) {
            return false;
        }
        forbid(!absolute && value == 0);
        until = absolute ? value : now + value;
        return true;
    }

    private void forbid(boolean yes) {
        forbidden |= yes;
    }

    private void cacheControl(String value, boolean accel) {
        if (!accel) {
            // nginx: anywhere in the value; in doubt nothing is kept
            if (value.contains("no-cache") || value.contains("no-store") || value.contains("private")) {
                forbidden = true;
                return;
            }
            String name = value.contains("s-maxage=") ? "s-maxage=" : "max-age=";
            long age = delta(value, name);
            if (age != UNSAID) {
                forbid(age == 0);
                until = now + age;
            }
        }
        long updating = delta(value, "stale-while-revalidate=");
        if (updating != UNSAID) {
            staleUpdating = updating;
            staleError = updating;
        }
        long error = delta(value, "stale-if-error=");
        if (error != UNSAID) {
            staleError = error;
        }
    }

    private long delta(String value, String name) {
        int at = value.indexOf(name);
        if (at < 0) {
            return UNSAID;
        }
        int start = at + name.length();
        int end = start;
        while (end < value.length() && ",; ".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        long seconds = end == start ? 0 : seconds(value.substring(start, end));
        forbid(seconds == UNSAID);
        return seconds;
    }

    /** RFC 9111 §1.2.2: what is too large stands for infinity. */
    private static long seconds(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return UNSAID;
        }
        return digits.length() > 10 ? Integer.MAX_VALUE : Math.min(Long.parseLong(digits), Integer.MAX_VALUE);
    }

    /** Whether the response says that it must not be kept. */
    boolean isForbidden() {
        return forbidden;
    }

    /** Until when it says that it is fresh; -1 when it says nothing. */
    long until() {
        return until;
    }

    long staleUpdating() {
        return staleUpdating;
    }

    long staleError() {
        return staleError;
    }
}
