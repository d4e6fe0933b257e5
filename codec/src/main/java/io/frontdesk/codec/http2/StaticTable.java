package io.frontdesk.codec.http2;

import io.frontdesk.codec.http.FieldName;

/** The part of the static table of fields (RFC 7541, appendix A) that an encoder needs. Stateless. */
public final class StaticTable {
    /** {@code :authority}. */
    public static final int AUTHORITY = 1;
    /** {@code :method: GET}. */
    public static final int METHOD_GET = 2;
    /** {@code :method: POST}. */
    public static final int METHOD_POST = 3;
    /** {@code :path: /}. */
    public static final int PATH_ROOT = 4;
    /** {@code :scheme: http}. */
    public static final int SCHEME_HTTP = 6;
    /** {@code :scheme: https}. */
    public static final int SCHEME_HTTPS = 7;
    /** {@code :status: 200}. */
    public static final int STATUS_200 = 8;
    /** How many entries it has. */
    public static final int SIZE = 61;

    private static final int FIRST_NAME = 15;
    private static final String[] NAMES = {"accept-charset", "accept-encoding", "accept-language", "accept-ranges",
            "accept", "access-control-allow-origin", "age", "allow", "authorization", "cache-control",
            "content-disposition", "content-encoding", "content-language", "content-length", "content-location",
            "content-range", "content-type", "cookie", "date", "etag", "expect", "expires", "from", "host", "if-match",
            "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified", "link",
            "location", "max-forwards", "proxy-authenticate", "proxy-authorization", "range", "referer", "refresh",
            "retry-after", "server", "set-cookie", "strict-transport-security", "transfer-encoding", "user-agent",
            "vary", "via", "www-authenticate"};
    private static final byte[] BY_ID = byId();

    private StaticTable() {}

    /** The entry that has the name, which is known to {@link FieldName}; 0 for none. */
    public static int nameIndex(int fieldId) {
        return BY_ID[fieldId];
    }

    /** The entry of a status, 0 for none. */
    static int statusIndex(int status) {
        return switch (status) {
            case 200 -> STATUS_200;
            case 204 -> 9;
            case 206 -> 10;
            case 304 -> 11;
            case 400 -> 12;
            case 404 -> 13;
            case 500 -> 14;
            default -> 0;
        };
    }

    private static byte[] byId() {
        byte[] found = new byte[FieldName.COUNT];
        for (int i = 0; i < NAMES.length; i++) {
            int id = FieldName.idOf(NAMES[i]);
            if (id != FieldName.UNKNOWN) {
                found[id] = (byte) (FIRST_NAME + i);
            }
        }
        return found;
    }
}
