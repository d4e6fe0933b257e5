package io.frontdesk.codec.http2;

import java.nio.charset.StandardCharsets;

/** The 61 fields that have a number in every header block (RFC 7541, appendix A). Stateless. */
final class StaticFields {
    /** How many fields there are; the first has the number 1. */
    static final int SIZE = 61;

    static final int AUTHORITY = 1;
    static final int METHOD_GET = 2;
    static final int METHOD_POST = 3;
    static final int PATH_ROOT = 4;
    static final int SCHEME_HTTP = 6;
    static final int SCHEME_HTTPS = 7;

    private static final String[] FIELDS = {":authority", "", ":method", "GET", ":method", "POST", ":path", "/",
            ":path", "/index.html", ":scheme", "http", ":scheme", "https", ":status", "200", ":status", "204",
            ":status", "206", ":status", "304", ":status", "400", ":status", "404", ":status", "500", "accept-charset",
            "", "accept-encoding", "gzip, deflate", "accept-language", "", "accept-ranges", "", "accept", "",
            "access-control-allow-origin", "", "age", "", "allow", "", "authorization", "", "cache-control", "",
            "content-disposition", "", "content-encoding", "", "content-language", "", "content-length", "",
            "content-location", "", "content-range", "", "content-type", "", "cookie", "", "date", "", "etag", "",
            "expect", "", "expires", "", "from", "", "host", "", "if-match", "", "if-modified-since", "",
            "if-none-match", "", "if-range", "", "if-unmodified-since", "", "last-modified", "", "link", "", "location",
            "", "max-forwards", "", "proxy-authenticate", "", "proxy-authorization", "", "range", "", "referer", "",
            "refresh", "", "retry-after", "", "server", "", "set-cookie", "", "strict-transport-security", "",
            "transfer-encoding", "", "user-agent", "", "vary", "", "via", "", "www-authenticate", ""};

    private static final byte[][] BYTES = new byte[FIELDS.length][];

    static {
        for (int i = 0; i < FIELDS.length; i++) {
            BYTES[i] = FIELDS[i].getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private StaticFields() {}

    /** The name of a number from 1 to {@link #SIZE}; an array that nobody writes to. */
    static byte[] name(int number) {
        return BYTES[2 * number - 2];
    }

    /** The value of a number, empty where it stands for a name alone; an array that nobody writes to. */
    static byte[] value(int number) {
        return BYTES[2 * number - 1];
    }
}
