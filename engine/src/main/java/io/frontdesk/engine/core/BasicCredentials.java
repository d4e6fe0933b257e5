package io.frontdesk.engine.core;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Method;
import io.frontdesk.engine.request.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The credentials of an Authorization field of the Basic scheme (RFC 7617). Stateless. */
public final class BasicCredentials {
    private BasicCredentials() {}

    /** The decoded {@code user:password}, or the empty string. */
    public static String decode(Exchange ex) {
        // RFC 9110 §11.7.2: a CONNECT asks us as a proxy
        String value = ex.request().field(
                ex.method() == Method.CONNECT ? FieldName.PROXY_AUTHORIZATION : FieldName.AUTHORIZATION);
        if (!value.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(value.substring(6).strip()), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static boolean appendUser(Exchange ex, Bytes out) {
        String pair = decode(ex);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return false;
        }
        out.write(pair.substring(0, colon));
        return true;
    }
}
