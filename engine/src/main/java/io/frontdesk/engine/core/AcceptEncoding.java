package io.frontdesk.engine.core;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;

/** Reads Accept-Encoding (RFC 9110 §12.5.3). Stateless. */
public final class AcceptEncoding {
    private AcceptEncoding() {}

    /** Whether the request names this coding with a weight above zero. nginx: {@code *} alone does not count. */
    public static boolean accepts(Fields request, String coding) {
        for (int f = request.find(FieldName.ACCEPT_ENCODING); f >= 0; f = request.next(f)) {
            for (String member : request.valueString(f).split(",", -1)) {
                int semicolon = member.indexOf(';');
                String name = (semicolon < 0 ? member : member.substring(0, semicolon)).strip();
                if (name.equalsIgnoreCase(coding)) {
                    return semicolon < 0 || hasWeight(member.substring(semicolon + 1).strip());
                }
            }
        }
        return false;
    }

    private static boolean hasWeight(String parameter) {
        if (!parameter.regionMatches(true, 0, "q=", 0, 2)) {
            return true;
        }
        for (int i = 2; i < parameter.length(); i++) {
            char c = parameter.charAt(i);
            if (c >= '1' && c <= '9') {
                return true;
            }
        }
        return false;
    }
}
