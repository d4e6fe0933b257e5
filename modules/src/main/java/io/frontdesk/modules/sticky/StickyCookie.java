package io.frontdesk.modules.sticky;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a cookie that names a server looks like, in nginx's form. A value.
 *
 * @param expiresSeconds see {@link CookieLine}
 * @param flags          the attributes without a value, as they are written
 * @param path           the attribute as it is written, or empty
 */
record StickyCookie(String name, long expiresSeconds, @Nullable Template domain, String flags,
        @Nullable Template sameSite, String path) {
    private static final String FOR_EVER = "; expires=Thu, 31-Dec-37 23:55:55 GMT; max-age=315360000";
    private static final DateTimeFormatter SHORT_YEAR = DateTimeFormatter.ofPattern("EEE, dd-MMM-yy HH:mm:ss 'GMT'",
            Locale.US);
    private static final DateTimeFormatter LONG_YEAR = DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'",
            Locale.US);
    /** nginx: some readers take no later year of two digits. */
    private static final int LAST_SHORT_YEAR = 2037;

    /** Whether it is a value that the attribute may have. */
    static boolean isSameSite(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "strict", "lax", "none" -> true;
            default -> false;
        };
    }

    /** Appends the field's value for a server. */
    void append(Exchange ex, byte[] server, Bytes out) {
        out.write(name);
        out.write('=');
        out.write(server);
        if (expiresSeconds == CookieLine.MAX_EXPIRY) {
            out.write(FOR_EVER);
        } else if (expiresSeconds != CookieLine.NO_EXPIRY) {
            out.write("; expires=");
            out.write(date(ex.worker().clock().wallSeconds() + expiresSeconds));
            out.write("; max-age=");
            out.writeDecimal(expiresSeconds);
        }
        if (domain != null) {
            attribute("; domain=", domain.value(ex), out);
        }
        out.write(flags);
        if (sameSite != null) {
            String value = sameSite.value(ex);
            attribute("; samesite=", value.isEmpty() || isSameSite(value) ? value : "strict", out);
        }
        out.write(path);
    }

    private static void attribute(String name, String value, Bytes out) {
        if (!value.isEmpty()) {
            out.write(name);
            out.write(value);
        }
    }

    static String date(long epochSeconds) {
        var time = Instant.ofEpochSecond(epochSeconds).atOffset(ZoneOffset.UTC);
        return (time.getYear() > LAST_SHORT_YEAR ? LONG_YEAR : SHORT_YEAR).format(time);
    }
}
